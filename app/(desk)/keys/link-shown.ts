import 'server-only';
import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import type { MailRefusal } from '@/lib/keys/hand-over/mail-recipient';
import { type MailedLink, mailLink } from '@/lib/notices/mail-link';
import type { IssuedSecret } from './issued-secret';
import { linkLabels as labels } from './link-labels';

type Shown = Pick<IssuedSecret, 'secret' | 'message' | 'link'>;

/**
 * Mails the link where that was wished, and shows it otherwise, or if the mail server did not take it. Call it
 * after the commit.
 */
export async function linkShown(
  begun: BegunHandOver,
  { isReplacement, message }: { isReplacement: boolean; message: string },
): Promise<Shown> {
  const mailed = await mailLink(begun);
  const isSent = mailed !== null && mailed.problem === null;
  const { code } = begun;
  const words = isSent ? (code ? labels.mailedWithCode : labels.mailed) : labels.shown;
  const moment = begun.until.toISOString().slice(0, 16).replace('T', ' ');
  const until = isSent ? labels.linkUntil(moment) : labels.until(moment);
  return {
    secret: isSent ? '' : begun.link,
    message: mailed ? `${message} ${mailText(mailed)}` : message,
    link: {
      isBad: mailed !== null && !isSent,
      words: { section: labels.section, ...words },
      code: code === null ? null : { label: labels.code, digits: code, hint: labels.codeHint },
      facts: `${until} ${isReplacement ? labels.replaces : labels.waits}`,
      honest: `${whoCouldOpen(isSent, code !== null)} ${labels.kept}`,
    },
  };
}

function mailText({ name, address, problem }: MailedLink): string {
  const to = `${name} (${address})`;
  return problem === null ? labels.mailTaken(to) : labels.mailFailed(to, problem);
}

function whoCouldOpen(isSent: boolean, withCode: boolean): string {
  if (isSent) return withCode ? labels.openMailCode : labels.openMail;
  return withCode ? labels.openCode : labels.open;
}

/** Why the link cannot be mailed, at the field that asks for it. */
export const mailRefusal = (refused: MailRefusal): string =>
  refused.outcome === 'no-address' ? labels.noAddress(refused.username) : labels.noMailServer;
