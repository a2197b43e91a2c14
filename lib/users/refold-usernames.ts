import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';

/** Counts up with the functions of the database that fold names. */
const rules = 1;
const batchSize = 1_000;

/** All instances fold one batch after the other: each must see who has a name already. */
const foldingLock = 7_205_150_011;

/**
 * Folds all usernames by the rules of now, where that was not done: they may have been stored under others,
 * or by a PostgreSQL that knew less of Unicode. Only rows that change are written, a batch at a time. Users
 * who turn out to share a name keep it and are marked; `listTwins` names them.
 *
 * @returns how many were changed
 */
export async function refoldUsernames(): Promise<number> {
  if (await isDone()) return 0;
  let after = '00000000-0000-0000-0000-000000000000';
  let changed = 0;
  for (let last: string | null = after; last; ) {
    const batch = await database().transaction((tx) => refoldBatch(tx, after));
    last = batch.last;
    after = last ?? after;
    changed += batch.changed;
  }
  await database().execute(sql`
    insert into name_folding (rules) values (${currentRules}) on conflict do nothing`);
  return changed;
}

const currentRules = sql`${`${rules} `} || current_setting('server_version_num')`;

async function isDone(): Promise<boolean> {
  const { rows } = await database().execute(
    sql`select from name_folding where rules = ${currentRules}`,
  );
  return rows.length > 0;
}

/** What is plain ASCII without blanks is folded by every rule alike, and passed over. */
async function refoldBatch(tx: Queryable, after: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(${foldingLock})`);
  const { rows } = await tx.execute<{ id: string; stale: boolean }>(sql`
    select id, rtrim(username_folded) <> username_key(username)
      or username_lookalike is distinct from username_lookalike(username) as stale
    from (
      select * from directory_user where id > ${after}::uuid and username !~ '^[!-~]+$'
      order by id limit ${batchSize}
    ) u order by id`);
  const stale = rows.filter((row) => row.stale);
  for (const { id } of stale) await refold(tx, id);
  return { last: rows.at(-1)?.id ?? null, changed: stale.length };
}

/** A name that somebody has already gets as many blanks at its end as make it unique. */
async function refold(tx: Queryable, id: string) {
  await tx.execute(sql`
    update directory_user u set username_lookalike = username_lookalike(u.username),
      username_folded = (
        select key from (
          select username_key(u.username) || repeat(' ', n) as key from generate_series(0, 1000) n
        ) free
        where u.deleted_at is not null or not exists (
          select from directory_user o
          where o.username_folded = free.key and o.deleted_at is null and o.id <> u.id)
        limit 1)
    where id = ${id}`);
}
