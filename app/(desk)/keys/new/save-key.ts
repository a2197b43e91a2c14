import 'server-only';
import { revalidatePath } from 'next/cache';
import { v4 as uuid } from 'uuid';
import type { Administrator } from '@/lib/access/administrator';
import {
  done,
  type FieldErrors,
  type FormState,
  type FormValues,
  failed,
  invalid,
} from '@/lib/forms/form-state';
import { type CreateKeyResult, createKey } from '@/lib/keys/create-key';
import { wishOf } from '@/lib/keys/hand-over/hand-over-input';
import type { CreateKeyInput } from '@/lib/keys/key-input';
import { expiryField } from '@/lib/keys/policy/expiry';
import { reservedScopesRefusal, retiredScopesRefusal } from '@/lib/keys/reserved-scopes';
import { createUserWithKey } from '@/lib/users/create-user-with-key';
import type { CreatedKey } from '../issued-secret';
import { linkShown, wishRefusal } from '../link-shown';
import { usageOf } from '../usage-of';
import { addKeyAnswers } from './add-key-labels';

/**
 * Makes a key, and where the form offered to add its unknown user, and that is meant, both.
 *
 * @param values what was typed, to be put back into the form where nothing was made
 */
export async function saveKey(
  administrator: Administrator,
  { addUser, afterAdding, lookalike, after: afterSaving, ...form }: CreateKeyInput,
  values: FormValues,
): Promise<FormState<CreatedKey>> {
  const { delivery, linkTerm, linkProof, linkMail, ...fields } = form;
  const handOver = wishOf({ delivery, linkTerm, linkProof, linkMail });
  const input = { ...fields, handOver };
  const adds = addUser !== '' && addUser === input.user;
  const after = addUser ? afterAdding : afterSaving;
  const offer = { ...values, addUser: input.user, afterAdding: after };
  const unknown = { user: addKeyAnswers.unknownUser(input.user) };
  const result = adds
    ? await createUserWithKey(administrator, { ...input, lookalike })
    : await createKey(administrator, input);
  switch (result.outcome) {
    case 'created':
      // What the browser has fetched ahead of the lists is forgotten.
      revalidatePath('/keys');
      if (adds) revalidatePath('/users');
      return done<CreatedKey>({
        keyId: result.id,
        username: result.username,
        ...(await shownOf(result, madeText(result, adds))),
        revealable: input.revealable,
        usage: usageOf(input.scopes),
        after,
        nextRequestId: uuid(),
      });
    case 'repeated':
      return failed(addKeyAnswers.repeated, values);
    case 'unknown-user':
      return invalid(unknown, offer);
    case 'lookalike':
      return invalid(
        { user: addKeyAnswers.lookalike(result.username) },
        { ...offer, lookalike: input.user },
      );
    default: {
      const errors = refusal(result, expiryField(input.lifetime));
      // Nothing was stored, so the user is as unknown as before and is offered again.
      const isUnknown = adds && !('username' in result);
      return isUnknown
        ? invalid({ ...unknown, ...errors }, { ...offer, lookalike })
        : invalid(errors, values);
    }
  }
}

type Made = Extract<CreateKeyResult, { outcome: 'created' }>;

/** The secret, or the link that brings it to its user. */
const shownOf = async ({ secret, handOver }: Made, message: string) =>
  handOver ? linkShown(handOver, { isReplacement: false, message }) : { secret, message };

function madeText({ username, handOver }: Made, added: boolean): string {
  const said = handOver ? addKeyAnswers.handedOver : addKeyAnswers.generatedFor;
  return added ? `${said(username)} ${addKeyAnswers.userAdded(username)}` : said(username);
}

type Refused = Exclude<CreateKeyResult, { outcome: 'created' | 'repeated' | 'unknown-user' }>;

function refusal(result: Refused, endField: string): FieldErrors {
  switch (result.outcome) {
    case 'disabled-user':
      return { user: addKeyAnswers.disabledUser(result.username) };
    case 'bad-expiry':
      return { [endField]: result.message };
    case 'too-many-keys':
      return { user: addKeyAnswers.tooManyKeys(result.username, result.most) };
    case 'reserved-scopes':
      return { scopes: reservedScopesRefusal };
    case 'retired-scopes':
      return { scopes: retiredScopesRefusal };
    case 'not-revealable':
      return { revealable: addKeyAnswers.notRevealable };
    case 'no-address':
    case 'no-mail-server':
    case 'no-sign-on':
      return wishRefusal(result);
    case 'reveal-is-off':
      return { revealable: addKeyAnswers.revealIsOff };
  }
}
