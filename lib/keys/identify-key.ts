import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey, formerSecret } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { FailedLookupLimiter } from './failed-lookup-limiter';
import { type KeyStatus, keySummary } from './key-summary';
import { macsUnder, secretKind } from './secret/imported-secret';

export type IdentifiedKey = {
  id: string;
  username: string;
  name: string;
  hint: string;
  status: KeyStatus;
  scopes: string[];
  ownerActive: boolean;
  deleted: boolean;
};

export type IdentifyKeyResult =
  /** `current` is true for the key's newest secret, and false for a replaced one. */
  | { outcome: 'found'; current: boolean; key: IdentifiedKey }
  | { outcome: 'mistyped' | 'unknown' }
  | { outcome: 'wait'; seconds: number };

/** Unknown secrets by administrator. Counted in the memory of this instance, as for services. */
const misses = new FailedLookupLimiter();

/** Finds the key of a secret: live, replaced or deleted. Only the MACs of the secret leave this function. */
export async function identifyKey(
  administrator: Administrator,
  secret: string,
): Promise<IdentifyKeyResult> {
  authorize(administrator, 'viewer');
  const { KEY_PREFIX, KEY_PEPPER } = settings();
  const kind = secretKind(secret, KEY_PREFIX);
  if (!kind) return { outcome: secret.startsWith(`${KEY_PREFIX}_`) ? 'mistyped' : 'unknown' };
  const seconds = misses.wait(administrator.id, '');
  if (seconds > 0) return { outcome: 'wait', seconds };
  const macs = macsUnder(secret, kind, KEY_PEPPER);
  const [current] = await found().where(inArray(apiKey.secretMac, macs));
  if (current) return { outcome: 'found', current: true, key: current };
  const [former] = await found()
    .innerJoin(formerSecret, eq(formerSecret.keyId, apiKey.id))
    .where(inArray(formerSecret.mac, macs));
  return former ? { outcome: 'found', current: false, key: former } : noteMiss(administrator);
}

/** An unknown secret may be a guess, so it is counted and audited. */
async function noteMiss(administrator: Administrator): Promise<IdentifyKeyResult> {
  const seconds = misses.count(administrator.id, '');
  const target = { type: 'key', id: null, label: 'unknown' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'key.identify', target, { outcome: 'refused' }),
  );
  return seconds > 0 ? { outcome: 'wait', seconds } : { outcome: 'unknown' };
}

const found = () =>
  database()
    .select({
      id: apiKey.id,
      username: directoryUser.username,
      name: apiKey.name,
      hint: keySummary.hint,
      status: keySummary.status,
      scopes: apiKey.scopes,
      ownerActive: directoryUser.active,
      deleted: sql<boolean>`${apiKey.deletedAt} is not null`,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .$dynamic();
