import { z } from 'zod';
import { kinds } from '@/db/schema/directory-user';
import { usernameText } from '@/lib/forms/text-input';
import type { UserSummary } from '@/lib/users/find-user';
import { displayNameText, emailText } from '@/lib/users/user-input';

/** A user as the API shows them. */
export const userDocument = z
  .object({
    id: z.uuid(),
    username: z.string(),
    displayName: z.string(),
    email: z.string(),
    active: z.boolean(),
    kind: z.enum(kinds),
    responsible: z
      .string()
      .nullable()
      .describe('The username of the person who answers for a service.'),
    keys: z.int().describe('How many keys the user owns.'),
  })
  .meta({ id: 'User' });

export function userDocumentOf(user: UserSummary): z.output<typeof userDocument> {
  const { id, username, displayName, email, active, kind, responsible, keys } = user;
  return { id, username, displayName, email, active, kind, responsible, keys };
}

const lookalike = z
  .string()
  .max(2_000)
  .optional()
  .describe('The look-alike name that the last answer warned of, to go on all the same.');

const responsible = usernameText
  .nullable()
  .describe('The username or id of the person who answers for a service.');

type Answered = { kind: (typeof kinds)[number]; responsible?: string | null | undefined };

function refuseResponsibleOfPerson(
  { kind, responsible: person }: Answered,
  context: z.RefinementCtx,
) {
  if (kind === 'service' || !person) return;
  const message = 'Only a service has a responsible person.';
  context.addIssue({ code: 'custom', path: ['responsible'], message });
}

export const createUserBody = z
  .strictObject({
    username: usernameText,
    displayName: displayNameText.default(''),
    email: emailText.default(''),
    active: z.boolean().default(true),
    kind: z.enum(kinds).default('person'),
    responsible: responsible.optional(),
    lookalike,
  })
  .superRefine(refuseResponsibleOfPerson)
  .meta({ id: 'NewUser' });

export const changeableUser = z
  .strictObject({
    username: usernameText,
    displayName: displayNameText,
    email: emailText,
    active: z.boolean(),
    kind: z.enum(kinds),
    responsible: z.string().nullable(),
  })
  .superRefine(refuseResponsibleOfPerson);

export const patchUserBody = z
  .strictObject({
    username: z.string().optional(),
    displayName: z.string().nullable().optional(),
    email: z.string().nullable().optional(),
    active: z.boolean().optional(),
    kind: z.enum(kinds).optional(),
    responsible: responsible.optional(),
    lookalike,
  })
  .meta({ id: 'UserPatch' });

/** What can become of the keys of a user who is disabled. */
export const keyDecisions = {
  keep: 'keep',
  'switch-off': 'deactivate',
  transfer: 'transfer',
  delete: 'delete',
} as const;

export const disableUserBody = z
  .strictObject({
    keys: z
      .enum(['keep', 'switch-off', 'transfer', 'delete'])
      .default('keep')
      .describe('What becomes of their keys. Kept keys are refused while the user is disabled.'),
    to: usernameText.optional().describe('The username or id of the new owner, to transfer.'),
    responsible: usernameText
      .optional()
      .describe('The username or id of the person who takes over the services of this one.'),
  })
  .superRefine(({ keys, to }, context) => {
    if (keys !== 'transfer' || to !== undefined) return;
    context.addIssue({ code: 'custom', path: ['to'], message: 'Name the new owner.' });
  })
  .meta({ id: 'Disabling' });
