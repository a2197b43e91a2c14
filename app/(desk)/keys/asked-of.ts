import type { KeySummary } from '@/lib/keys/key-summary';
import type { AskedKey } from './key-desk';

/** What a question says of the key that it is about. */
export function askedOf(key: KeySummary): AskedKey {
  const { id, username, hint, secretVersion: version, usedLately } = key;
  return { id, username, hint, version, usedLately };
}
