import { type Administrator, hasRole } from '@/lib/access/administrator';
import type { KeySummary } from '@/lib/keys/key-summary';
import { isServiceKey } from '@/lib/keys/service-key';
import type { AskedKey } from './asked-of';

type True = { [Fact in 'usedLately' | 'ownerDisabled' | 'locked' | 'revealable']?: true };

/** What a row shows. It travels to the browser beside its elements, so there is no more in it. */
export type RowFacts = Pick<KeySummary, 'id' | 'username' | 'hint' | 'status'> &
  True & { version: number; name?: string; created: Date; used?: Date; expires?: Date };

/** What is not so is left out: it would travel as well. `locked` keys are an admin's to change. */
export function rowFacts(key: KeySummary, administrator: Administrator, reveal: boolean): RowFacts {
  const isAdmin = hasRole(administrator, 'admin');
  const facts: [keyof True, boolean][] = [
    ['usedLately', key.usedLately],
    ['ownerDisabled', !key.ownerActive],
    ['locked', !isAdmin && isServiceKey(key.scopes)],
    ['revealable', reveal && isAdmin && key.revealable],
  ];
  return {
    id: key.id,
    username: key.username,
    hint: key.hint,
    status: key.status,
    version: key.secretVersion,
    created: key.createdAt,
    ...(key.name && { name: key.name }),
    ...(key.lastUsedAt && { used: key.lastUsedAt }),
    ...(key.expiresAt && { expires: key.expiresAt }),
    ...Object.fromEntries(facts.filter(([, so]) => so).map(([fact]) => [fact, true])),
  };
}

export function askedOfRow({ id, username, hint, version, usedLately }: RowFacts): AskedKey {
  return { id, username, hint, version, usedLately: usedLately === true };
}
