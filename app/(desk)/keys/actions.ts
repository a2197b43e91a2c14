'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { endHandOver } from '@/lib/keys/hand-over/end-hand-overs';
import { endHandOverInput, wishOf } from '@/lib/keys/hand-over/hand-over-input';
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
import { listPath, pathWith } from '@/lib/lists/list-path';
import type { IssuedSecret } from './issued-secret';
import { keyMessages } from './key-messages';
import { keyNoticeLabels } from './key-notice-labels';
import { isWishRefusal, linkShown, wishRefusal } from './link-shown';
import { regenerateAnswers } from './regenerate-labels';
import type { Switched } from './switched';
import { usageOf } from './usage-of';

export const regenerateKeyAction = guardedAction(
  'operator',
  regenerateKeyInput,
  async (administrator, { delivery, linkTerm, linkProof, linkMail, ...input }) => {
    const handOver = wishOf({ delivery, linkTerm, linkProof, linkMail });
    const result = await regenerateKey(administrator, { ...input, handOver });
    if (result.outcome === 'gone') return failed(keyMessages.gone);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    if (result.outcome === 'changed-meanwhile') {
      return failed(keyMessages.changedMeanwhile);
    }
    if (isWishRefusal(result)) {
      const values = { delivery, linkTerm, linkProof, linkMail: linkMail ? 'yes' : '' };
      return invalid(wishRefusal(result), { ...values, stops: input.stops });
    }
    revalidatePath('/keys');
    if (result.outcome === 'handed-over') {
      const message = regenerateAnswers.handedOver(result);
      return done<IssuedSecret>({
        keyId: input.id,
        username: result.username,
        ...(await linkShown(result.handOver, { isReplacement: !result.waits, message })),
        usage: usageOf(result.scopes),
      });
    }
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
    if (result.outcome === 'gone') return failed(keyMessages.gone);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    redirect(`/keys/${input.id}?stopped=yes`);
  },
);

/** Repeating it leads to the same page, which says what is. */
export const endHandOverAction = guardedAction(
  'operator',
  endHandOverInput,
  async (administrator, { id }) => {
    const result = await endHandOver(administrator, id);
    if (result.outcome === 'gone') return failed(keyMessages.gone);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    revalidatePath('/keys');
    redirect(`/keys/${id}?ended=yes`);
  },
);

export const switchKeyAction = guardedAction(
  'operator',
  switchKeyInput,
  async (administrator, input) => {
    const result = await switchKey(administrator, input);
    revalidatePath('/keys');
    if (result.outcome === 'gone') return failed(keyMessages.gone);
    if (result.outcome === 'undo-over') {
      return failed(keyMessages.undoIsOver);
    }
    if (result.outcome === 'changed-meanwhile') {
      return failed(keyMessages.changedMeanwhile);
    }
    if (result.outcome === 'waiting') return failed(keyMessages.waiting);
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
        return failed(keyMessages.gone);
      case 'reserved-scopes':
        return invalid({ scopes: reservedScopesRefusal }, values);
      case 'retired-scopes':
        return invalid({ scopes: retiredScopesRefusal }, values);
      case 'bad-expiry':
        return invalid({ [expiryField(input.lifetime)]: result.message }, values);
      case 'waiting':
        return failed(keyMessages.waiting, values);
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
        return done(keyMessages.saved);
    }
  },
);

export const deleteKeyAction = guardedAction(
  'operator',
  deleteKeyInput,
  async (administrator, { id, back, username }) => {
    const result = await deleteKey(administrator, id, username);
    if (result.outcome === 'gone') return failed(keyMessages.alreadyDeleted);
    if (result.outcome === 'needs-admin') return failed(serviceKeyRefusal);
    if (result.outcome === 'needs-username') {
      return invalid({ username: keyMessages.typeUsername(result.username) }, { username });
    }
    revalidatePath('/keys');
    redirect(pathWith(back, '/keys', { deleted: id, restored: undefined }));
  },
);
