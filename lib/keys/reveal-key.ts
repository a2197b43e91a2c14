import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { type Administrator, authorize, ForbiddenError } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { keyTarget, lockKey } from './find-key';
import type { RevealKeyInput } from './key-input';
import {
  DamagedEnvelopeError,
  type Envelope,
  MissingKeyError,
  open,
  type Place,
} from './secret/envelope';
import { findSealedSecret } from './secret/sealed-secrets';

/** How many secrets an administrator may reveal in an hour. */
export const revealsPerHour = 10;

type Refusal =
  /** Deleted, made without this choice, or reveal is off. */
  | 'not-revealable'
  | 'too-many'
  | 'repeated'
  /** The event could not be written. No secret is shown without a record. */
  | 'not-recorded'
  /** The required key-encryption key is not set, or the envelope was changed. */
  | 'key-missing'
  | 'damaged';

export type RevealKeyResult =
  | { outcome: 'revealed'; username: string; secret: string }
  | { outcome: Refusal };

type LockedKey = Awaited<ReturnType<typeof lockKey>>;

type Permit = { outcome: 'permitted'; username: string; place: Place; envelope: Envelope };

/**
 * Opens the secret of a key for an admin who has recently re-authenticated and gives a reason. The event is
 * committed before anything is decrypted.
 */
export async function revealKey(
  administrator: Administrator,
  input: RevealKeyInput,
): Promise<RevealKeyResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const permit = await permitReveal(administrator, input);
  if (permit.outcome !== 'permitted') return permit;
  const { username, place, envelope } = permit;
  try {
    const secret = open(envelope, place, settings().KEY_ENCRYPTION_KEY ?? []);
    return { outcome: 'revealed', username, secret };
  } catch (error) {
    if (error instanceof MissingKeyError) return { outcome: 'key-missing' };
    if (error instanceof DamagedEnvelopeError) return { outcome: 'damaged' };
    throw error;
  }
}

async function permitReveal(
  administrator: Administrator,
  input: RevealKeyInput,
): Promise<Permit | { outcome: Refusal }> {
  try {
    // Locks the admin's own row, so that their reveals are counted correctly.
    const own = 'no key update';
    const lock = (tx: Queryable) => lockKey(tx, input.id);
    const run = (tx: Queryable, by: Administrator, key: LockedKey) => decide(tx, by, key, input);
    return await changeAs(administrator, 'admin', lock, run, { own });
  } catch (error) {
    if (error instanceof ForbiddenError) throw error;
    return { outcome: 'not-recorded' };
  }
}

async function decide(
  tx: Queryable,
  administrator: Administrator,
  key: LockedKey,
  { id, reason, requestId }: RevealKeyInput,
): Promise<Permit | { outcome: Refusal }> {
  const envelope = key && settings().KEY_ENCRYPTION_KEY ? await findSealedSecret(tx, id) : null;
  if (!key || !envelope) return { outcome: 'not-revealable' };
  const before = await earlierReveals(tx, administrator, requestId);
  if (before.repeated) return { outcome: 'repeated' };
  const allowed = before.lastHour < revealsPerHour;
  await recordEvent(tx, administrator, 'key.reveal', keyTarget(key), {
    outcome: allowed ? 'done' : 'refused',
    details: { reason, requestId },
  });
  if (!allowed) return { outcome: 'too-many' };
  const { username, ownerId, secretVersion } = key;
  return { outcome: 'permitted', username, place: { keyId: id, ownerId, secretVersion }, envelope };
}

/** Counts in the audit, which administrators cannot change. */
async function earlierReveals(tx: Queryable, { id }: Administrator, requestId: string) {
  const [row] = await tx
    .select({
      lastHour: sql<number>`count(*) filter (
        where ${auditEvent.at} > clock_timestamp() - interval '1 hour')::int`,
      repeated: sql<boolean>`coalesce(
        bool_or(${auditEvent.details} ->> 'requestId' = ${requestId}), false)`,
    })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.action, 'key.reveal'),
        eq(auditEvent.actorId, id),
        eq(auditEvent.outcome, 'done'),
      ),
    );
  return row ?? { lastHour: revealsPerHour, repeated: false };
}
