'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import {
  changeKeyInput,
  deleteKeyInput,
  regenerateKeyInput,
  stopOldSecretInput,
  switchKeyInput,
} from '@/lib/keys/key-input';
import { stopOldSecret } from '@/lib/keys/overlap';
import { expiryField } from '@/lib/keys/policy/expiry';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import {
  reservedScopesRefusal,
  retiredScopesRefusal,
  serviceKeyRefusal,
} from '@/lib/keys/reserved-scopes';
import { undoMinutes } from '@/lib/keys/undo';
import { listPath, pathWith } from '@/lib/lists/list-path';
import type { IssuedSecret } from './issued-secret';
import { keyNoticeLabels } from './key-notice-labels';
import { regenerateAnswers } from './regenerate-labels';
import type { Switched } from './switched';
import { usageOf } from './usage-of';

const gone = 'This key has been deleted. Nothing was changed.';

export const regenerateKeyAction = guardedAction(
  'operator',
  regenerateKeyInput,
  async (administrator, input) => {
    const result = await regenerateKey(administrator, input);
    if (result.outcome === 'gone') return failed(gone);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    if (result.outcome === 'changed-meanwhile') {
      return failed(regenerateAnswers.changedMeanwhile);
    }
    revalidatePath('/keys');
    return done<IssuedSecret>({
      keyId: input.id,
      username: result.username,
      secret: result.secret,
      message: regenerateAnswers.generatedFor(result.username, result.oldStopsAt),
      revealable: result.revealable,
      usage: usageOf(result.scopes),
    });
  },
);

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
    const values = { name: input.name, ...policyValues(input) };
    switch (result.outcome) {
      case 'gone':
        return failed(gone);
      case 'reserved-scopes':
        return invalid({ scopes: reservedScopesRefusal }, values);
      case 'retired-scopes':
        return invalid({ scopes: retiredScopesRefusal }, values);
      case 'bad-expiry':
        return invalid({ [expiryField(input.lifetime)]: result.message }, values);
      case 'needs-admin':
      case 'needs-username':
        return failed(serviceKeyRefusal, values);
      case 'still-on':
        redirect(
          listPath(`/keys/${input.id}/deactivate`, {
            back: `/keys/${input.id}?tab=settings`,
            saved: 'yes',
          }),
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
