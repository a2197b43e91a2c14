import 'server-only';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { leakReport } from '@/db/schema/leak-report';
import { type AuditActor, recordEvents } from '@/lib/audit/record-event';
import { keyTarget } from '@/lib/keys/find-key';
import { keySummary } from '@/lib/keys/key-summary';
import { endOverlaps } from '@/lib/keys/overlap';
import { findKeyPolicy, type KeyPolicy } from '@/lib/keys/policy/key-policy';
import { type FoundSecret, findSecrets } from '@/lib/keys/secret/find-secrets';
import type { LeakedKey, LeakResult } from './leaked-key';
import { tellOfLeaks } from './tell-of-leaks';

export type LeakPolicy = KeyPolicy['onLeak'] | 'always';

export type Report = {
  source: string;
  /** Where each secret was found. */
  urls: ReadonlyMap<string, string | null>;
  /** `always` ends a secret even if it was reported before. */
  policy: LeakPolicy | undefined;
  check: ((tx: Queryable) => Promise<unknown>) | undefined;
};

type LockedKey = Awaited<ReturnType<typeof lockKeys>>[number];

/**
 * Records the secrets that were not reported before, ends those that work, and writes notices and events.
 * Parallel reports wait for each other at the keys, so only the first one finds a secret new.
 */
export async function endLeaked(tx: Queryable, reporter: AuditActor, report: Report) {
  const policy = report.policy ?? (await findKeyPolicy(tx)).onLeak;
  const ids = [...new Set([...(await findAll(tx, report)).values()].map(({ keyId }) => keyId))];
  const locked = new Map((await lockKeys(tx, ids)).map((key) => [key.id, key]));
  await report.check?.(tx);
  // Again, because a secret may have been replaced before its key was locked.
  const found = [...(await findAll(tx, report))].filter(([, { keyId }]) => locked.has(keyId));
  const news = await noteNew(tx, report, found);
  const keys = found.flatMap(([secret, one]): LeakedKey[] => {
    const key = locked.get(one.keyId);
    if (!key) return [];
    const isNew = news.has(placeOf(one));
    const ends = policy === 'always' || (policy === 'switch-off' && isNew);
    const url = report.urls.get(secret) ?? null;
    return [
      { ...key, version: one.version, url, isNew, result: ends ? endOf(key, one) : 'unchanged' },
    ];
  });
  await apply(tx, keys);
  await tellOfLeaks(
    tx,
    report.source,
    keys.filter(({ isNew }) => isNew),
  );
  await record(tx, reporter, report.source, keys);
}

const findAll = (tx: Queryable, { urls }: Report) => findSecrets(tx, urls.keys());

const placeOf = ({ keyId, version }: Pick<FoundSecret, 'keyId' | 'version'>) =>
  `${keyId} ${version}`;

function endOf(key: LockedKey, { current, standing }: FoundSecret): LeakResult {
  if (key.deleted || !standing) return 'unchanged';
  if (!current) return 'old-secret-stopped';
  return key.active ? 'switched-off' : 'unchanged';
}

/** Includes deleted keys, whose secrets are known as well. */
function lockKeys(tx: Queryable, ids: string[]) {
  return tx
    .select({
      id: apiKey.id,
      name: apiKey.name,
      username: directoryUser.username,
      hint: keySummary.hint,
      active: apiKey.active,
      deleted: sql<boolean>`${apiKey.deletedAt} is not null`,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(inArray(apiKey.id, ids))
    .orderBy(asc(apiKey.id))
    .for('update', { of: apiKey });
}

async function noteNew(
  tx: Queryable,
  { source, urls }: Report,
  found: [string, FoundSecret][],
): Promise<Set<string>> {
  if (found.length === 0) return new Set();
  const places = found.map(([secret]) => urls.get(secret) ?? null);
  const ids = found.map(([, { keyId }]) => keyId);
  const versions = found.map(([, { version }]) => version);
  const { rows } = await tx.execute<Pick<FoundSecret, 'keyId' | 'version'>>(sql`
    insert into ${leakReport} (key_id, secret_version, source, url)
    select key_id, version, ${source}, url
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(versions)}::int[],
      ${sql.param(places)}::text[]) as report (key_id, version, url)
    on conflict do nothing
    returning key_id as "keyId", secret_version as version`);
  return new Set(rows.map(placeOf));
}

async function apply(tx: Queryable, keys: LeakedKey[]) {
  const ids = (result: LeakResult) =>
    keys.filter((key) => key.result === result).map(({ id }) => id);
  await endOverlaps(tx, ids('old-secret-stopped'));
  const off = ids('switched-off');
  if (off.length > 0) await tx.update(apiKey).set({ active: false }).where(inArray(apiKey.id, off));
}

async function record(tx: Queryable, reporter: AuditActor, source: string, keys: LeakedKey[]) {
  const targets = (some: LeakedKey[]) =>
    some.map((key) => ({
      ...keyTarget(key),
      details: { source, ...(key.url ? { url: key.url } : {}), version: key.version },
    }));
  const ended = (result: LeakResult) => targets(keys.filter((key) => key.result === result));
  await recordEvents(tx, reporter, 'key.report-leak', targets(keys.filter(({ isNew }) => isNew)));
  await recordEvents(tx, reporter, 'key.stop-old', ended('old-secret-stopped'));
  await recordEvents(tx, reporter, 'key.deactivate', ended('switched-off'));
}
