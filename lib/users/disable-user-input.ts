import { z } from 'zod';
import { recordId, usernameText } from '@/lib/forms/text-input';
import { responsibleText } from './user-input';

/** What may become of the keys of somebody who leaves. */
export const keyActions = ['keep', 'deactivate', 'transfer', 'delete'] as const;
export type KeyAction = (typeof keyActions)[number];

export const disableUserInput = z
  .strictObject({
    id: recordId,
    /** How many keys the administrator saw, and decides about. */
    keys: z.coerce.number().int().min(0).max(1_000_000),
    keyAction: z.enum(keyActions, 'Choose what happens to their keys.'),
    /** The new owner; looked at only where keys are handed over. */
    to: z.string().max(2_000).default(''),
    /** For how many services they answer, as the administrator saw it, and who takes over. */
    services: z.coerce.number().int().min(0).max(1_000_000).default(0),
    responsible: responsibleText.default(''),
  })
  .superRefine(({ keyAction, to }, issues) => {
    const message =
      keyAction === 'transfer' ? usernameText.safeParse(to).error?.issues[0]?.message : null;
    if (message) issues.addIssue({ code: 'custom', path: ['to'], message });
  })
  .transform((input) => ({ ...input, to: input.to.trim().normalize('NFC') }));
type DisableUserForm = z.output<typeof disableUserInput>;
export type DisableUserInput = Omit<DisableUserForm, 'services' | 'responsible'> &
  Partial<Pick<DisableUserForm, 'services' | 'responsible'>>;
