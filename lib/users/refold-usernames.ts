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
  const { rows } = await tx.execute<{ last: string | null; free: string[]; taken: string[] }>(sql`
    with fresh as materialized (
      select id, username_key(username) as key, username_lookalike(username) as looks, deleted_at,
        rtrim(username_folded) as was, username_lookalike as looked
      from (
        select * from directory_user where id > ${after}::uuid and username !~ '^[!-~]+$'
        order by id limit ${batchSize}
      ) u
    ), stale as (
      select id, deleted_at is null and key <> was and (
        row_number() over (partition by key, deleted_at is null order by id) > 1
        or exists (select from directory_user o
          where o.username_folded = key and o.deleted_at is null and o.id <> fresh.id)) as taken
      from fresh where key <> was or looks is distinct from looked
    )
    select (select id from fresh order by id desc limit 1) as last,
      array(select id from stale where not taken) as free,
      array(select id from stale where taken order by id) as taken`);
  const { last = null, free = [], taken = [] } = rows[0] ?? {};
  await tx.execute(sql`
    update directory_user set username_lookalike = username_lookalike(username), username_folded =
      case rtrim(username_folded) when username_key(username) then username_folded
        else username_key(username) end
    where id = any(${sql.param(free)}::uuid[])`);
  for (const id of taken) await markTwin(tx, id);
  return { last, changed: free.length + taken.length };
}

/** A name that somebody has already gets as many blanks at its end as make it unique. */
async function markTwin(tx: Queryable, id: string) {
  await tx.execute(sql`
    update directory_user u set username_lookalike = username_lookalike(u.username),
      username_folded = (
        select key from (
          select username_key(u.username) || repeat(' ', n) as key from generate_series(1, 1000) n
        ) free
        where not exists (
          select from directory_user o where o.username_folded = free.key and o.deleted_at is null)
        limit 1)
    where id = ${id}`);
}
