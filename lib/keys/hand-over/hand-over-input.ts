import { z } from 'zod';
import { recordId, ticked } from '@/lib/forms/text-input';
import { type LinkTerm, linkTermNames } from './link-terms';

/** Wrong codes after which a link ends. */
export const mostWrongCodes = 5;

/** Whoever has a link acts without an account, so the audit names the link. */
export const linkHolderName = 'hand-over link';

/** What somebody wants who hands a secret over. */
export type HandOverWish = {
  term: LinkTerm;
  withCode: boolean;
  /** Whether only its user gets it, signed in. Never together with a code. */
  signOn?: boolean;
  /** Whether Keydesk sends the link, and shows it only if that fails. */
  mail?: boolean;
};

/** What a link asks for besides itself. */
export const linkProofs = ['none', 'code', 'sign-on'] as const;
export type LinkProof = (typeof linkProofs)[number];

/** Fields of a form that makes a secret: who sees it first. */
export const deliveryFields = {
  delivery: z.enum(['show', 'link'], 'Choose who sees the secret.').default('show'),
  linkTerm: z.enum(linkTermNames, 'Choose how long the link works.').default('24h'),
  linkProof: z.enum(linkProofs, 'Choose what the link asks for.').default('none'),
  linkMail: ticked,
};

type DeliveryFields = {
  delivery: 'show' | 'link';
  linkTerm: LinkTerm;
  linkProof: LinkProof;
  linkMail: boolean;
};

export function wishOf(fields: DeliveryFields): HandOverWish | null {
  const { delivery, linkTerm: term, linkProof: proof, linkMail: mail } = fields;
  if (delivery !== 'link') return null;
  return { term, withCode: proof === 'code', signOn: proof === 'sign-on', mail };
}

/** The limits are generous, because a pasted text may be longer than the part that is looked for. */
export const collectInput = z.strictObject({
  id: recordId,
  /** What a browser with JavaScript sends instead of the fragment. */
  secretProof: z.string().max(200).default(''),
  /** The fragment, or the whole link, from a browser without JavaScript. */
  secretPart: z.string().max(2_000).default(''),
  code: z.string().max(50).default(''),
  /** Not to collect the key, but to switch off what somebody else collected. */
  stop: ticked,
});
export type CollectInput = z.output<typeof collectInput>;

export const endHandOverInput = z.strictObject({ id: recordId });
