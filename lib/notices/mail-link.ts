import 'server-only';
import { randomUUID } from 'node:crypto';
import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import type { MailRecipient } from '@/lib/keys/hand-over/mail-recipient';
import { log } from '@/lib/log/log';
import { settings } from '@/lib/settings/settings';
import { linkLetter } from './link-letter';
import { sendMail } from './mail';

/** Milliseconds for the mail, because somebody waits for the answer. */
const longest = 10_000;

/** What became of the mail. `problem` is a sentence of ours; null if the mail server took it. */
export type MailedLink = MailRecipient & { problem: string | null };

/**
 * Mails the link of a hand-over, where that was wished. Call it after the commit. It is sent at once and only
 * once, because a mail that waits would have to be stored, and with it the half of the secret that is stored
 * nowhere.
 *
 * @returns null if the link is to be shown
 */
export async function mailLink(begun: BegunHandOver): Promise<MailedLink | null> {
  const { mailTo } = begun;
  if (!mailTo) return null;
  const letter = linkLetter(begun, settings().AUTH_URL);
  const { status, problem } = await sendMail(randomUUID(), letter, mailTo.address, longest);
  if (problem !== null) {
    log.warn('link not mailed', { status: status ?? undefined, reason: problem });
  }
  return { ...mailTo, problem };
}
