import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { lastUseOf, usedLately } from './use/use-sql';

export const keyStatuses = ['active', 'inactive', 'expired'] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** Judged by the database's clock. A key that is switched off says so even when it has also expired. */
export const keyStatus: SQL<KeyStatus> = sql`case
  when not ${apiKey.active} then 'inactive'
  when ${apiKey.expiresAt} <= now() then 'expired'
  else 'active' end`;

/** How a key is shown. Imported secrets have no prefix of ours, and may show nothing of themselves. */
export const keyHint: SQL<string> = sql`case
  when ${apiKey.secretPrefix} <> '' then
    ${apiKey.secretPrefix} || '_' || ${apiKey.secretFirst} || '…' || ${apiKey.secretLast}
  when ${apiKey.secretFirst} <> '' then ${apiKey.secretFirst} || '…' || ${apiKey.secretLast}
  else 'imported' end`;

/** What screens may know of a key. The MAC is not in it. */
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
  /** Whether its secret is kept sealed; the ciphertext itself is in no selection. */
  revealable: sql<boolean>`exists (
    select from sealed_secret where sealed_secret.key_id = ${apiKey.id})`,
  secretVersion: apiKey.secretVersion,
  createdAt: apiKey.createdAt,
  lastUsedAt: lastUseOf(apiKey.id),
  /** Taking it away would hurt somebody: then the questions say more, and Delete asks for more. */
  usedLately: usedLately(lastUseOf(apiKey.id)),
  expiresAt: apiKey.expiresAt,
};

export type KeySummary = SelectResultFields<typeof keySummary>;
