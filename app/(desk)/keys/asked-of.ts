import type { KeySummary } from '@/lib/keys/key-summary';
import type { KeyUse } from '@/lib/keys/use/key-use';

const questions = ['regenerate', 'delete', 'deactivate'] as const;
export type Question = (typeof questions)[number];

export const isQuestion = (text: string): text is Question =>
  (questions as readonly string[]).includes(text);

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
