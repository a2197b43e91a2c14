import { z } from 'zod';
import { kinds } from '@/db/schema/directory-user';
import { labelText, lookalikeText, recordId, usernameText, yesOrNo } from '@/lib/forms/text-input';
import {
  choiceParam,
  countParam,
  cursorParam,
  idParam,
  pageParam,
  searchParam,
  tookKeyParam,
} from '@/lib/lists/list-params';

export const userSorts = [
  'username',
  '-username',
  'name',
  '-name',
  'email',
  '-email',
  'status',
  '-status',
  'created',
  '-created',
] as const;

/** What the directory can be narrowed to, as its address says it; anything wrong falls back. */
export const userFilterParams = z.object({
  /** A part of the username, the display name or the email address. */
  username: searchParam,
  status: choiceParam(['active', 'disabled']),
  kind: choiceParam(kinds),
});
export type UserFilter = z.output<typeof userFilterParams>;

/** What the address of the directory may say; anything wrong falls back. */
export const userListParams = userFilterParams.extend({
  sort: choiceParam(userSorts),
  page: pageParam,
  at: cursorParam,
  count: countParam,
  added: idParam,
  deleted: idParam,
  imported: idParam,
  wholeKey: tookKeyParam,
});
export type UserListParams = z.output<typeof userListParams>;

export const displayNameText = labelText('display name', 100);
export const emailText = labelText('email address', 254).refine(
  (text) => text === '' || /^[^\s@]+@[^\s@]+$/u.test(text),
  'Enter an email address, or leave it empty.',
);

/** The username of the person who answers for a service, as it was typed; empty for nobody. */
export const responsibleText = z
  .string()
  .max(2_000, 'Use at most 64 characters.')
  .transform((text) => text.trim().normalize('NFC'));

const userFields = {
  username: usernameText,
  displayName: displayNameText.default(''),
  email: emailText.default(''),
  active: yesOrNo,
  /** What is not sent stays as it is; a new user is a person. */
  kind: z.enum(kinds, 'Choose Person or Service.').optional(),
  responsible: responsibleText.optional(),
};

/** The id comes from the form, so that the same form sent twice names the same user. */
export const createUserInput = z.strictObject({
  id: recordId,
  ...userFields,
  lookalike: lookalikeText,
  back: z.string().max(2_000).default(''),
});
export type NewUser = Omit<z.output<typeof createUserInput>, 'back' | 'lookalike'>;

export const changeUserInput = z.strictObject({
  id: recordId,
  ...userFields,
  lookalike: lookalikeText,
});
export type ChangeUserInput = Omit<z.output<typeof changeUserInput>, 'lookalike'>;

export const deleteUserInput = z.strictObject({
  id: recordId,
  /** How many keys the administrator agreed to delete with the user; absent: none. */
  keys: z.coerce.number().int().min(0).max(1_000_000).default(0),
  /** For how many services they answer, as the administrator saw it, and who takes over. */
  services: z.coerce.number().int().min(0).max(1_000_000).default(0),
  responsible: responsibleText.default(''),
  back: z.string().max(2_000).default(''),
});
type DeleteUserForm = z.output<typeof deleteUserInput>;
export type DeleteUserInput = Pick<DeleteUserForm, 'id' | 'keys'> &
  Partial<Pick<DeleteUserForm, 'services' | 'responsible'>>;
