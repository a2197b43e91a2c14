import 'server-only';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { NotConfirmedError } from '@/db/confirmation';
import { ForbiddenError } from '@/lib/access/administrator';
import type { KeyOwner } from '@/lib/access/key-owner';
import { fieldMessages, namesOf, ownWords, readFields, typedValues } from '@/lib/forms/form-fields';
import { type FormAction, type FormState, failed, invalid } from '@/lib/forms/form-state';
import { logRefusal, notConfirmed, refuseForeignOrigin, sendToSignIn } from './action-refusals';
import { dutyPath, findSignedIn } from './current-administrator';
import { findKeyOwner } from './current-key-owner';
import { guardMessages } from './guard-messages';
import { notedAction } from './noted-action';

/**
 * `guardedAction` for changes of one's own keys, which need no role. `run` gets no administrator, so it cannot
 * call what administrators may do.
 */
export function ownerAction<Schema extends z.ZodType, Data = null>(
  schema: Schema,
  run: (owner: KeyOwner, input: z.output<Schema>) => Promise<FormState<Data>>,
): FormAction<Data> {
  const names = namesOf(schema);
  return notedAction(async (form) => {
    const refusal = await refuseForeignOrigin();
    if (refusal) return refusal;
    const owner = await findKeyOwner();
    if (!owner) {
      const owes = (await findSignedIn())?.owes;
      return owes ? redirect(dutyPath[owes]) : sendToSignIn(form, names);
    }
    const fields = readFields(form);
    if (!fields) return failed(guardMessages.tooManyFields);
    const values = typedValues(fields, names);
    const input = schema.safeParse(fields, { error: ownWords });
    if (!input.success) return invalid(fieldMessages(input.error), values);
    try {
      return await run(owner, input.data);
    } catch (error) {
      if (error instanceof NotConfirmedError) return notConfirmed(owner.id, values);
      if (!(error instanceof ForbiddenError)) throw error;
      logRefusal('role', owner);
      return failed(error.message, values);
    }
  });
}
