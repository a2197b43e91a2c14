import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { isWaiting } from './hand-over/waiting';
import { lastUseOf, usedLately } from './use/use-sql';

export const keyStatuses = ['active', 'inactive', 'expired', 'waiting'] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/**
 * By the database's clock. A key that is switched off is inactive, even if it has also expired, and waiting if
 * it is new and nobody has collected it yet.
 */
export const keyStatus: SQL<KeyStatus> = sql`case
  when not ${apiKey.active} and ${isWaiting(sql`${apiKey.id}`)} then 'waiting'
  when not ${apiKey.active} then 'inactive'
  when ${apiKey.expiresAt} <= now() then 'expired'
  else 'active' end`;

/** The hint of a key. Imported secrets have no prefix of ours, and short ones have no hint. */
export const keyHint: SQL<string> = sql`case
  when ${apiKey.secretPrefix} <> '' then
    ${apiKey.secretPrefix} || '_' || ${apiKey.secretFirst} || '…' || ${apiKey.secretLast}
  when ${apiKey.secretFirst} <> '' then ${apiKey.secretFirst} || '…' || ${apiKey.secretLast}
  else 'imported' end`;

/** What screens may show of a key. The MAC is not included. */
export const keySummary = {
  id: apiKey.id,
  ownerId: apiKey.ownerId,
  username: directoryUser.username,
  ownerActive: directoryUser.active,
  name: apiKey.name,
  hint: keyHint,
  active: apiKey.active,
  status: keyStatus,
  scopes: apiKey.scopes,
  /** Whether its secret is stored sealed. No query for screens selects the ciphertext. */
  revealable: sql<boolean>`exists (
    select from sealed_secret where sealed_secret.key_id = ${apiKey.id})`,
  secretVersion: apiKey.secretVersion,
  createdAt: apiKey.createdAt,
  lastUsedAt: lastUseOf(apiKey.id),
  /** The key is in use, so the questions before a change say more and a deletion requires more. */
  usedLately: usedLately(lastUseOf(apiKey.id)),
  expiresAt: apiKey.expiresAt,
};

export type KeySummary = SelectResultFields<typeof keySummary>;
