import 'server-only';
import type { KeyOwner } from '@/lib/access/key-owner';
import { setActive } from '../set-active';
import { changeOwnKey, type NeedsAdmin, type NotOwn } from './change-own-key';

export type SwitchOffOwnKeyResult =
  | { outcome: 'switched-off'; hint: string }
  /** It has not been collected, and has no secret that anybody knows. */
  | { outcome: 'waiting' }
  | NotOwn
  | NeedsAdmin;

/** Switches off a key of one's own. Repeating it changes nothing and records no second event. */
export async function switchOffOwnKey(owner: KeyOwner, id: string): Promise<SwitchOffOwnKeyResult> {
  return changeOwnKey(owner, id, async (tx, key): Promise<SwitchOffOwnKeyResult> => {
    if (key.status === 'waiting') return { outcome: 'waiting' };
    if (key.active) await setActive(tx, owner, key, false);
    return { outcome: 'switched-off', hint: key.hint };
  });
}
