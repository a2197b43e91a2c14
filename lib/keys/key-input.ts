import { z } from 'zod';
import {
  choiceParam,
  countParam,
  idParam,
  pageParam,
  placeParam,
  searchParam,
  tookKeyParam,
} from '../list-params';
import { labelText, recordId, ticked, usernameText, yesOrNo } from '../text-input';
import { overlapNames } from './overlap-choices';
import { changedPolicy, newPolicy } from './policy/policy-input';

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

/** What the report can be narrowed to: each status, and of the active keys those that soon are no more. */
export const statusFilters = ['active', 'inactive', 'expired', 'expiring'] as const;
export type StatusFilter = (typeof statusFilters)[number];

/** Days before its end in which a key counts as expiring. */
export const expiringDays = 30;

/** What the address of the report may say; anything wrong falls back. */
export const keyListParams = z.object({
  username: searchParam,
  status: choiceParam(statusFilters),
  sort: choiceParam(keySorts),
  page: pageParam,
  at: placeParam,
  count: countParam,
  deleted: idParam,
  wholeKey: tookKeyParam,
});
export type KeyListParams = z.output<typeof keyListParams>;

const keyName = labelText('name', 100).default('');

export const createKeyInput = z.strictObject({
  requestId: recordId,
  user: usernameText,
  active: yesOrNo,
  name: keyName,
  revealable: ticked,
  ...newPolicy,
  after: z.enum(['close', 'new']).default('close'),
});
export type CreateKeyInput = z.output<typeof createKeyInput>;

export const changeKeyInput = z.strictObject({
  id: recordId,
  active: yesOrNo,
  name: keyName,
  ...changedPolicy,
});
export type ChangeKeyInput = z.output<typeof changeKeyInput>;

export const switchKeyInput = z.strictObject({ id: recordId, active: yesOrNo });
export const regenerateKeyInput = z.strictObject({
  id: recordId,
  version: z.coerce.number().int().min(1),
  stops: z.enum(overlapNames, 'Choose when the old key stops.').default('now'),
});
export const stopOldSecretInput = z.strictObject({
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
  /** Asked for where the key is in use. */
  username: z.string().max(1_000).default(''),
  back: z.string().max(2_000).default(''),
});
