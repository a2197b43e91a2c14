'use server';

import { revalidatePath } from 'next/cache';
import { v4 as uuid } from 'uuid';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, type FieldErrors, failed, invalid } from '@/lib/forms/form-state';
import { createKey } from '@/lib/keys/create-key';
import { createKeyInput } from '@/lib/keys/key-input';
import { expiryField } from '@/lib/keys/policy/expiry';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { reservedScopesRefusal, retiredScopesRefusal } from '@/lib/keys/reserved-scopes';
import { createUserWithKey } from '@/lib/users/create-user-with-key';
import type { CreatedKey } from '../issued-secret';
import { usageOf } from '../usage-of';
import { addKeyAnswers } from './add-key-labels';

/** Makes a key; and where the form offered to add its unknown user, and that is meant, both. */
export const createKeyAction = guardedAction(
  'operator',
  createKeyInput,
  async (administrator, { addUser, afterAdding, lookalike, after: afterSaving, ...input }) => {
    const adds = addUser !== '' && addUser === input.user;
    const after = addUser ? afterAdding : afterSaving;
    const values = {
      user: input.user,
      name: input.name,
      active: input.active ? 'yes' : 'no',
      revealable: input.revealable ? 'yes' : '',
      ...policyValues(input),
    };
    const offer = { addUser: input.user, afterAdding: after };
    const unknown = addKeyAnswers.unknownUser(input.user);
    // Nothing was stored, so the user is as unknown as before and is offered again.
    const refused = (errors: FieldErrors) =>
      adds
        ? invalid({ user: unknown, ...errors }, { ...values, ...offer, lookalike })
        : invalid(errors, values);
    const result = adds
      ? await createUserWithKey(administrator, { ...input, lookalike })
      : await createKey(administrator, input);
    switch (result.outcome) {
      case 'created': {
        // What the browser has fetched ahead of the lists is forgotten.
        revalidatePath('/keys');
        if (adds) revalidatePath('/users');
        const { username } = result;
        const message = addKeyAnswers.generatedFor(username);
        return done<CreatedKey>({
          keyId: result.id,
          username,
          secret: result.secret,
          message: adds ? `${message} ${addKeyAnswers.userAdded(username)}` : message,
          revealable: input.revealable,
          usage: usageOf(input.scopes),
          after,
          nextRequestId: uuid(),
        });
      }
      case 'unknown-user':
        return invalid({ user: unknown }, { ...values, ...offer });
      case 'lookalike':
        return invalid(
          { user: addKeyAnswers.lookalike(result.username) },
          { ...values, ...offer, lookalike: input.user },
        );
      case 'disabled-user':
        return invalid({ user: addKeyAnswers.disabledUser(result.username) }, values);
      case 'bad-expiry':
        return refused({ [expiryField(input.lifetime)]: result.message });
      case 'too-many-keys':
        return refused({ user: addKeyAnswers.tooManyKeys(result.username, result.most) });
      case 'reserved-scopes':
        return refused({ scopes: reservedScopesRefusal });
      case 'retired-scopes':
        return refused({ scopes: retiredScopesRefusal });
      case 'reveal-is-off':
        return refused({ revealable: addKeyAnswers.revealIsOff });
      case 'repeated':
        return failed(addKeyAnswers.repeated, values);
    }
  },
);
