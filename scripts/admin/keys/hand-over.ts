import { z } from 'zod';
import { type Issued, issuedPart, type KeyDocument } from '@/lib/api/key-document';
import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import type { HandOverWish } from '@/lib/keys/hand-over/hand-over-input';
import { linkTermNames } from '@/lib/keys/hand-over/link-terms';
import { type MailedLink, mailLink } from '@/lib/notices/mail-link';
import { UsageError } from '../../sentence';
import { printJson, say } from './print';

const flag = { type: 'boolean', default: false } as const;

/** Options of each command that makes a secret. */
export const handOverOptions = {
  ...{ 'hand-over': flag, code: flag, 'sign-on': flag, mail: flag },
  term: { type: 'string' },
} as const;

/** The same as they are read. */
export const handOverFields = {
  'hand-over': z.boolean(),
  code: z.boolean(),
  'sign-on': z.boolean(),
  mail: z.boolean(),
  term: z.enum(linkTermNames, `Use ${linkTermNames.join(', ')}.`).optional(),
};
type Fields = {
  'hand-over': boolean;
  code: boolean;
  'sign-on': boolean;
  mail: boolean;
  term?: HandOverWish['term'] | undefined;
};

/** Null without `--hand-over`. */
export function readWish(fields: Fields): HandOverWish | null {
  const { 'hand-over': handsOver, code: withCode, 'sign-on': signOn, mail, term = '24h' } = fields;
  if (withCode && signOn) throw new UsageError('Use --code or --sign-on, not both.');
  if (handsOver) return { term, withCode, signOn, mail };
  if (withCode || signOn || mail || fields.term) {
    throw new UsageError('--term, --code, --sign-on and --mail need --hand-over.');
  }
  return null;
}

type Shown = { json: boolean; key: KeyDocument; what: string };

/** Prints the link, or says to whom it was mailed. The code is printed in both cases. */
export async function printHandOver(
  handOver: BegunHandOver,
  { json, key, what }: Shown,
): Promise<void> {
  const mailed = await mailLink(handOver);
  const isSent = mailed !== null && mailed.problem === null;
  if (mailed && !isSent) console.error(mailText(mailed));
  const issued: Issued = { secret: '', handOver };
  if (json) return printJson({ ...key, ...issuedPart(issued, isSent) });
  say(what);
  if (mailed && isSent) say(mailText(mailed));
  else {
    say('The link is shown this once:');
    console.log(handOver.link);
  }
  const { onlyFor } = handOver;
  if (onlyFor) say(`Only ${onlyFor.username} can collect it, signed in at ${onlyFor.where}.`);
  if (handOver.code) say(`Code, to be told by another way: ${handOver.code}`);
}

function mailText({ name, address, problem }: MailedLink): string {
  const to = `${name} (${address})`;
  return problem === null
    ? `The link was mailed to ${to}.`
    : `The link could not be mailed to ${to}: ${problem} Send it yourself.`;
}
