import { z } from 'zod';
import {
  labelText,
  lookalikeText,
  recordId,
  ticked,
  usernameText,
  yesOrNo,
} from '@/lib/forms/text-input';
import {
  choiceParam,
  countParam,
  cursorParam,
  idParam,
  isSearchTooLong,
  pageParam,
  searchParam,
  tookKeyParam,
} from '@/lib/lists/list-params';
import { deliveryFields, type HandOverWish } from './hand-over/hand-over-input';
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

/** Filters of the report by status: each status, and active keys that expire soon. */
export const statusFilters = ['active', 'inactive', 'expired', 'expiring', 'waiting'] as const;
export type StatusFilter = (typeof statusFilters)[number];

/** What somebody should look at, as the overview lists it. */
export const standingLists = [
  'ownerless',
  'never-used',
  'unused',
  'violating',
  'uncollected',
] as const;
export type StandingList = (typeof standingLists)[number];

/** Days before its expiry date in which a key counts as expiring. */
export const expiringDays = 30;

/** The filter in the report's address. Wrong values fall back to none. */
export const keyFilterParams = z.object({
  username: searchParam,
  /** A part of the key's name, its visible ends, or its id. */
  q: searchParam,
  status: choiceParam(statusFilters),
  /** The id of a user, to show only their keys. */
  owner: idParam,
  list: choiceParam(standingLists),
});
export type KeyFilter = z.output<typeof keyFilterParams>;

/** An empty hidden field means that the filter is not set. */
const blankAsNone = (value: unknown) => (value === '' ? undefined : value);

/** Whether a text of the filter is longer than what is searched for. */
export const isFilterTooLong = ({ username, q }: Pick<KeyFilter, 'username' | 'q'>) =>
  isSearchTooLong(username) || isSearchTooLong(q);

/**
 * The same filter in a form that changes what it finds. It has no fallbacks, because without a wrong part the
 * filter would select other users' keys.
 */
export const keyFilterFields = {
  username: searchParam,
  q: searchParam,
  status: z.preprocess(blankAsNone, z.enum(statusFilters, 'Choose a status.').optional()),
  owner: z.preprocess(blankAsNone, recordId.optional()),
  list: z.preprocess(blankAsNone, z.enum(standingLists, 'Choose a list.').optional()),
};

/** The parameters in the report's address. Wrong values fall back to defaults. */
export const keyListParams = keyFilterParams.extend({
  sort: choiceParam(keySorts),
  page: pageParam,
  at: cursorParam,
  count: countParam,
  deleted: idParam,
  restored: idParam,
  imported: idParam,
  added: idParam,
  bulk: idParam,
  wholeKey: tookKeyParam,
});
export type KeyListParams = z.output<typeof keyListParams>;

const keyName = labelText('name', 100).default('');

const afterSaving = z.enum(['close', 'new']).default('close');

export const createKeyInput = z.strictObject({
  requestId: recordId,
  user: usernameText,
  active: yesOrNo,
  name: keyName,
  revealable: ticked,
  ...deliveryFields,
  ...newPolicy,
  after: afterSaving,
  /** The unknown user that the form offered to add; another one is not meant. */
  addUser: z.string().max(2_000).default(''),
  /** What was to follow when the user was found unknown. */
  afterAdding: afterSaving,
  lookalike: lookalikeText,
});
export type CreateKeyInput = z.output<typeof createKeyInput>;
type ForForm = 'after' | 'addUser' | 'afterAdding' | 'lookalike' | keyof typeof deliveryFields;
export type NewKey = Omit<CreateKeyInput, ForForm> & {
  /** How its secret gets to its user; absent if whoever makes the key sees it. */
  handOver?: HandOverWish | null;
};

export const changeKeyInput = z.strictObject({
  id: recordId,
  /** What is not sent stays as it is. */
  active: yesOrNo.optional(),
  name: keyName,
  ...changedPolicy,
});
export type ChangeKeyInput = z.output<typeof changeKeyInput>;

export const switchKeyInput = z.strictObject({
  id: recordId,
  active: yesOrNo,
  /** Whether to return to this status only if nothing has happened since. */
  undo: ticked,
});
export const regenerateKeyInput = z.strictObject({
  id: recordId,
  version: z.coerce.number().int().min(1),
  stops: z.enum(overlapNames, 'Choose when the old key stops working.').default('now'),
  ...deliveryFields,
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
  /** Required if the key is in use. */
  username: z.string().max(1_000).default(''),
  back: z.string().max(2_000).default(''),
});
