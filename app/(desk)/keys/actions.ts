'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { v4 as uuid } from 'uuid';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import {
  changeKeyInput,
  createKeyInput,
  deleteKeyInput,
  regenerateKeyInput,
  stopOldSecretInput,
  switchKeyInput,
} from '@/lib/keys/key-input';
import { stopOldSecret } from '@/lib/keys/overlap';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { reservedScopesRefusal, serviceKeyRefusal } from '@/lib/keys/reserved-scopes';
import { undoMinutes } from '@/lib/keys/undo';
import { listPath, pathWith } from '@/lib/lists/list-path';
import type { CreatedKey, IssuedSecret } from './issued-secret';
import { keyNoticeLabels } from './key-notice-labels';
import type { Switched } from './switched';

const gone = 'This key has been deleted. Nothing was changed.';

export const createKeyAction = guardedAction(
  'operator',
  createKeyInput,
  async (administrator, input) => {
    const values = {
      user: input.user,
      name: input.name,
      active: input.active ? 'yes' : 'no',
      revealable: input.revealable ? 'yes' : '',
      ...policyValues(input),
    };
    const { after, ...request } = input;
    const result = await createKey(administrator, request);
    switch (result.outcome) {
      case 'created':
        // Here and below: what the browser has fetched ahead of the list is forgotten.
        revalidatePath('/keys');
        return done<CreatedKey>({
          keyId: result.id,
          username: result.username,
          secret: result.secret,
          message: `API key generated for ${result.username}.`,
          revealable: input.revealable,
          after,
          nextRequestId: uuid(),
        });
      case 'unknown-user':
        return invalid({ user: `User "${input.user}" is not in the database.` }, values);
      case 'disabled-user':
        return invalid({ user: `User "${result.username}" is disabled.` }, values);
      case 'bad-expiry':
        return invalid({ expires: result.message }, values);
      case 'too-many-keys':
        return invalid(
          { user: `User "${result.username}" has ${result.most} keys, as many as are allowed.` },
          values,
        );
      case 'reserved-scopes':
        return invalid({ scopes: reservedScopesRefusal }, values);
      case 'reveal-is-off':
        return invalid({ revealable: 'Reveal is off on this installation.' }, values);
      case 'repeated':
        return failed(
          'This form was sent before and its key was made then; no second one was made. If that key was not copied, open it and choose Edit for a new secret.',
          values,
        );
    }
  },
);

export const regenerateKeyAction = guardedAction(
  'operator',
  regenerateKeyInput,
  async (administrator, input) => {
    const result = await regenerateKey(administrator, input);
    if (result.outcome === 'gone') return failed(gone);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    if (result.outcome === 'changed-meanwhile') {
      return failed('Another administrator changed this key meanwhile. Nothing was changed.');
    }
    revalidatePath('/keys');
    return done<IssuedSecret>({
      keyId: input.id,
      username: result.username,
      secret: result.secret,
      message: `New API key generated for ${result.username}. ${oldOne(result.oldStopsAt)}`,
      revealable: result.revealable,
    });
  },
);

function oldOne(stopsAt: Date | null): string {
  if (!stopsAt) return 'The old one is refused from now on.';
  return `The old one works until ${stopsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
}

/** Repeating it leads to the same page, which says what is. */
export const stopOldKeyAction = guardedAction(
  'operator',
  stopOldSecretInput,
  async (administrator, input) => {
    const result = await stopOldSecret(administrator, input);
    if (result.outcome === 'gone') return failed(gone);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    redirect(`/keys/${input.id}?stopped=yes`);
  },
);

export const switchKeyAction = guardedAction(
  'operator',
  switchKeyInput,
  async (administrator, input) => {
    const result = await switchKey(administrator, input);
    revalidatePath('/keys');
    if (result.outcome === 'gone') return failed(gone);
    if (result.outcome === 'undo-over') {
      return failed(`A switch can be undone for ${undoMinutes} minutes. Nothing was changed.`);
    }
    if (result.outcome === 'changed-meanwhile') {
      return failed('Another administrator changed this key meanwhile. Nothing was changed.');
    }
    if (result.outcome !== 'changed') return failed(serviceKeyRefusal);
    const { id, active, undo } = input;
    const text = keyNoticeLabels.switched(result.hint, result.username, active, undo);
    return done<Switched>({ id, active, text, undo: !undo });
  },
);

export const changeKeyAction = guardedAction(
  'operator',
  changeKeyInput,
  async (administrator, input) => {
    const result = await changeKey(administrator, input);
    const values = {
      name: input.name,
      active: input.active ? 'yes' : 'no',
      ...policyValues(input),
    };
    switch (result.outcome) {
      case 'gone':
        return failed(gone);
      case 'reserved-scopes':
        return invalid({ scopes: reservedScopesRefusal }, values);
      case 'bad-expiry':
        return invalid({ expires: result.message }, values);
      case 'needs-admin':
      case 'needs-username':
        return failed(serviceKeyRefusal, values);
      case 'still-on':
        redirect(
          listPath(`/keys/${input.id}/deactivate`, { back: `/keys/${input.id}`, saved: 'yes' }),
        );
        break;
      case 'changed':
        revalidatePath('/keys');
        return done('Saved.');
    }
  },
);

export const deleteKeyAction = guardedAction(
  'operator',
  deleteKeyInput,
  async (administrator, { id, back, username }) => {
    const result = await deleteKey(administrator, id, username);
    if (result.outcome === 'gone') return failed('This record had already been deleted.');
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    if (result.outcome === 'needs-username') {
      const message = `Type the username "${result.username}": this key was used in the last 24 hours.`;
      return invalid({ username: message }, { username });
    }
    revalidatePath('/keys');
    redirect(pathWith(back, '/keys', { deleted: id, restored: undefined }));
  },
);
