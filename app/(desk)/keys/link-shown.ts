import 'server-only';
import type { FieldErrors } from '@/lib/forms/form-state';
import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import type { WishRefusal } from '@/lib/keys/hand-over/refuse-wish';
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
  const { code, onlyFor } = begun;
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
      honest: `${onlyFor ? labels.openSignedIn(onlyFor) : whoCouldOpen(isSent, code !== null)} ${labels.kept}`,
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

const refusals = ['no-address', 'no-mail-server', 'no-sign-on'];

export const isWishRefusal = (result: { outcome: string }): result is WishRefusal =>
  refusals.includes(result.outcome);

/** Why the secret cannot be handed over in this way, at the field that asks for it. */
export function wishRefusal(refused: WishRefusal): FieldErrors {
  if (refused.outcome === 'no-sign-on') return { linkProof: labels.noSignOn(refused.message) };
  const isUnknown = refused.outcome === 'no-address';
  return { linkMail: isUnknown ? labels.noAddress(refused.username) : labels.noMailServer };
}
