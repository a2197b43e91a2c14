import type { KeySummary } from '@/lib/keys/key-summary';
import type { KeyUse } from '@/lib/keys/use/key-use';

export type Question = 'regenerate' | 'delete' | 'deactivate';
export type AskedKey = {
  id: string;
  username: string;
  hint: string;
  version: number;
  usedLately: boolean;
  /** Known on pages that stand in for a dialog; a dialog asks for it. */
  use?: KeyUse;
};

/** What a question says of the key that it is about. */
export function askedOf(key: KeySummary): AskedKey {
  const { id, username, hint, secretVersion: version, usedLately } = key;
  return { id, username, hint, version, usedLately };
}
