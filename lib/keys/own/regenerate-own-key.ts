import 'server-only';
import { z } from 'zod';
import type { KeyOwner } from '@/lib/access/key-owner';
import { recordId } from '@/lib/forms/text-input';
import { type NewSecret, putNewSecret } from '../new-secret';
import { overlapNames } from '../overlap-choices';
import { changeOwnKey, type NeedsAdmin, type NotOwn } from './change-own-key';

export const regenerateOwnKeyInput = z.strictObject({
  id: recordId,
  version: z.coerce.number().int().min(1),
  stops: z.enum(overlapNames, 'Choose when the old key stops working.').default('now'),
});

export type RegenerateOwnKeyResult =
  | NewSecret
  | { outcome: 'not-allowed' | 'not-active' | 'changed-meanwhile' }
  | NotOwn
  | NeedsAdmin;

/**
 * Replaces the secret of a key of one's own. `version` is the secret that the owner saw. A key that is switched
 * off or has expired is left alone: an administrator decided so, and a new secret would work once they undo it.
 */
export async function regenerateOwnKey(
  owner: KeyOwner,
  { id, version, stops }: z.output<typeof regenerateOwnKeyInput>,
): Promise<RegenerateOwnKeyResult> {
  return changeOwnKey(owner, id, async (tx, key, rule): Promise<RegenerateOwnKeyResult> => {
    if (rule !== 'regenerate') return { outcome: 'not-allowed' };
    if (key.status !== 'active') return { outcome: 'not-active' };
    if (key.secretVersion !== version) return { outcome: 'changed-meanwhile' };
    return putNewSecret(tx, owner, key, stops);
  });
}
