import { z } from 'zod';
import { recordId, usernameText } from '@/lib/forms/text-input';

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
  })
  .superRefine(({ keyAction, to }, issues) => {
    const message =
      keyAction === 'transfer' ? usernameText.safeParse(to).error?.issues[0]?.message : null;
    if (message) issues.addIssue({ code: 'custom', path: ['to'], message });
  })
  .transform((input) => ({ ...input, to: input.to.trim().normalize('NFC') }));
export type DisableUserInput = z.output<typeof disableUserInput>;
