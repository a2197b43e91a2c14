import 'server-only';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { FailedLookupLimiter } from './failed-lookup-limiter';
import { type Identified, readIdentified } from './identified-key';
import { findSecrets } from './secret/find-secrets';
import { secretKind } from './secret/imported-secret';

export type IdentifyKeyResult =
  | ({ outcome: 'found' } & Identified)
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
  if (!isPossibleSecret(secret)) return { outcome: isMistyped(secret) ? 'mistyped' : 'unknown' };
  const seconds = misses.wait(administrator.id, '');
  if (seconds > 0) return { outcome: 'wait', seconds };
  const found = (await findSecrets(database(), [secret])).get(secret);
  const key = found && (await readIdentified([found])).get(found.keyId);
  if (!found || !key) return noteMiss(administrator);
  return { outcome: 'found', current: found.current, standing: found.standing, key };
}

export const isPossibleSecret = (text: string) => secretKind(text, settings().KEY_PREFIX) !== null;

/** Whether a text that cannot be a secret has our prefix. Then its checksum is wrong. */
export const isMistyped = (text: string) => text.startsWith(`${settings().KEY_PREFIX}_`);

/** An unknown secret may be a guess, so it is counted and audited. */
async function noteMiss(administrator: Administrator): Promise<IdentifyKeyResult> {
  const seconds = misses.count(administrator.id, '');
  const target = { type: 'key', id: null, label: 'unknown' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'key.identify', target, { outcome: 'refused' }),
  );
  return seconds > 0 ? { outcome: 'wait', seconds } : { outcome: 'unknown' };
}
