import { z } from 'zod';
import {
  choiceParam,
  countParam,
  idParam,
  pageParam,
  placeParam,
  searchParam,
} from '../list-params';
import { labelText, recordId, usernameText, yesOrNo } from '../text-input';
import { isScopeName, mostScopes, scopeWords } from './scope';

export const keySorts = [
  '-created',
  'created',
  'username',
  '-username',
  'status',
  '-status',
  '-used',
  'used',
  'expires',
  '-expires',
] as const;

/** What the address of the report may say; anything wrong falls back. */
export const keyListParams = z.object({
  username: searchParam,
  status: choiceParam(['active', 'inactive', 'expired']),
  sort: choiceParam(keySorts),
  page: pageParam,
  at: placeParam,
  count: countParam,
  deleted: idParam,
});
export type KeyListParams = z.output<typeof keyListParams>;

const keyName = labelText('name', 100).default('');

/** A moment in UTC, as `datetime-local` writes it; empty for never. */
const expiry = z
  .string()
  .default('')
  .transform((text, context): Date | null => {
    if (text.trim() === '') return null;
    const [, day, time = '00:00'] =
      /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?)?$/.exec(text.trim()) ?? [];
    const moment = new Date(`${day}T${time}Z`);
    // A day that does not exist rolls over into the next month, or is no date at all.
    if (day && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day))
      return moment;
    context.addIssue({ code: 'custom', message: 'Enter a date and time, or leave it empty.' });
    return z.NEVER;
  });

/** Scopes separated by blanks, each once, in the order written. */
const scopeList = z.string('Enter scopes.').transform((text, context): string[] => {
  const names = scopeWords(text);
  const wrong = names.find((name) => !isScopeName(name));
  const message =
    wrong !== undefined
      ? `"${wrong.slice(0, 64)}" cannot be a scope: use up to 64 letters, digits and signs of ASCII, but no " or \\.`
      : `Use at most ${mostScopes} scopes.`;
  if (wrong === undefined && names.length <= mostScopes) return names;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** A checkbox: sent only where it is ticked. */
const checkbox = z
  .literal('yes')
  .optional()
  .transform((answer) => answer === 'yes');

export const createKeyInput = z.strictObject({
  requestId: recordId,
  user: usernameText,
  active: yesOrNo,
  name: keyName,
  scopes: scopeList.default([]),
  revealable: checkbox,
  expires: expiry,
  after: z.enum(['close', 'new']).default('close'),
});
export type CreateKeyInput = z.output<typeof createKeyInput>;

export const changeKeyInput = z.strictObject({
  id: recordId,
  active: yesOrNo,
  name: keyName,
  /** Not sent: they stay as they are. */
  scopes: scopeList.optional(),
});
export type ChangeKeyInput = z.output<typeof changeKeyInput>;

export const switchKeyInput = z.strictObject({ id: recordId, active: yesOrNo });
export const regenerateKeyInput = z.strictObject({
  id: recordId,
  version: z.coerce.number().int().min(1),
});
export const revealKeyInput = z.strictObject({
  id: recordId,
  requestId: recordId,
  reason: labelText('reason', 200).refine((text) => text !== '', 'Enter a reason.'),
});
export type RevealKeyInput = z.output<typeof revealKeyInput>;

export const deleteKeyInput = z.strictObject({
  id: recordId,
  back: z.string().max(2_000).default(''),
});
