import 'server-only';
import { and, asc, count, eq, gt, ne, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { sealedSecret } from '@/db/schema/sealed-secret';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import type { KeyVersion } from '@/lib/settings/key-versions';
import { DamagedEnvelopeError, MissingKeyError, rewrap } from './envelope';

/** Rows in a transaction. Limits what a kill costs and how long a regenerate waits. */
const batchSize = 200;

export type Rewrapped = { moved: number; missing: number; damaged: number };

/**
 * Wraps every data key under the newest version of the key-encryption key. Each batch is one transaction, so
 * that the command can be stopped and restarted at any time without repeating work. Rows that do not open
 * stay unchanged and are counted.
 */
export async function rewrapSecrets(
  actor: AuditActor,
  keks: readonly [KeyVersion, ...KeyVersion[]],
  onBatch: (soFar: Rewrapped) => void = () => undefined,
): Promise<Rewrapped> {
  const soFar = { moved: 0, missing: 0, damaged: 0 };
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const last = await database().transaction((tx) => rewrapBatch(tx, actor, keks, after, soFar));
    if (last === null) return soFar;
    after = last;
    onBatch(soFar);
  }
}

/** How many envelopes use each version of the key-encryption key. */
export async function countByKek(): Promise<{ version: number; secrets: number }[]> {
  return database()
    .select({ version: sealedSecret.kekVersion, secrets: count() })
    .from(sealedSecret)
    .groupBy(sealedSecret.kekVersion)
    .orderBy(asc(sealedSecret.kekVersion));
}

async function rewrapBatch(
  tx: Queryable,
  actor: AuditActor,
  keks: readonly [KeyVersion, ...KeyVersion[]],
  after: string,
  soFar: Rewrapped,
): Promise<string | null> {
  const [newest] = keks;
  const rows = await lockBatch(tx, newest.version, after);
  const wraps = rows.flatMap((row) => wrapAnew(row, keks, soFar));
  await storeWraps(tx, newest.version, wraps);
  if (wraps.length > 0) {
    const label = wraps.length === 1 ? '1 sealed secret' : `${wraps.length} sealed secrets`;
    const target = { type: 'key', id: null, label } as const;
    await recordEvent(tx, actor, 'key.rewrap', target, { details: { toVersion: newest.version } });
  }
  soFar.moved += wraps.length;
  return rows.at(-1)?.keyId ?? null;
}

type Row = Awaited<ReturnType<typeof lockBatch>>[number];
type Wrap = { keyId: string; wrappedKey: Buffer };

function wrapAnew(
  { keyId, ownerId, secretVersion, ...envelope }: Row,
  keks: readonly [KeyVersion, ...KeyVersion[]],
  soFar: Rewrapped,
): Wrap[] {
  try {
    const place = { keyId, ownerId, secretVersion };
    return [{ keyId, wrappedKey: rewrap(envelope, place, keks, keks[0]).wrappedKey }];
  } catch (error) {
    if (error instanceof MissingKeyError) soFar.missing += 1;
    else if (error instanceof DamagedEnvelopeError) soFar.damaged += 1;
    else throw error;
    return [];
  }
}

async function storeWraps(tx: Queryable, kekVersion: number, wraps: Wrap[]) {
  if (wraps.length === 0) return;
  const ids = sql.param(wraps.map(({ keyId }) => keyId));
  const wrapped = sql.param(wraps.map(({ wrappedKey }) => wrappedKey));
  await tx.execute(sql`
    update ${sealedSecret} set kek_version = ${kekVersion}, wrapped_key = wrap.wrapped_key
    from unnest(${ids}::uuid[], ${wrapped}::bytea[]) as wrap (key_id, wrapped_key)
    where sealed_secret.key_id = wrap.key_id`);
}

/** Locks the rows against a regenerate, which would store a new envelope under the old wrap. */
function lockBatch(tx: Queryable, newest: number, after: string) {
  return tx
    .select({
      keyId: sealedSecret.keyId,
      kekVersion: sealedSecret.kekVersion,
      wrappedKey: sealedSecret.wrappedKey,
      ciphertext: sealedSecret.ciphertext,
      ownerId: apiKey.ownerId,
      secretVersion: apiKey.secretVersion,
    })
    .from(sealedSecret)
    .innerJoin(apiKey, eq(apiKey.id, sealedSecret.keyId))
    .where(and(ne(sealedSecret.kekVersion, newest), gt(sealedSecret.keyId, after)))
    .orderBy(asc(sealedSecret.keyId))
    .limit(batchSize)
    .for('update', { of: sealedSecret });
}
