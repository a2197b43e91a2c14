import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { countTwins } from '@/lib/lists/username';

/**
 * Compares staged lines with each other, with the directory and with every known secret, including deleted
 * and replaced ones. Writes the problems into the lines. The result may become outdated, so the import checks
 * again, and the unique index decides in the end.
 *
 * @returns how many lines cannot become keys
 */
export async function judgeStaged(tx: Queryable, id: string): Promise<number> {
  await tx.execute(sql`
    update key_import_line set verdict = null where import_id = ${id} and verdict is not null`);
  await judgeOwners(tx, id);
  await judgeShared(tx, id);
  await judgeTwins(tx, id);
  await judgeKnown(tx, id);
  const { rows } = await tx.execute<{ bad: number }>(sql`
    select count(*)::int as bad from key_import_line
    where import_id = ${id} and (problem is not null or verdict is not null)`);
  return rows[0]?.bad ?? 0;
}

const stillGood = sql`problem is null and verdict is null`;

/*
 * The planner has no statistics of lines that were just staged. If it expects a handful of them and there are
 * a million, it scans the directory or the lines once for each. Scalar subqueries therefore force look-ups by
 * index, and the one join may not be a nested loop.
 */

async function judgeOwners(tx: Queryable, id: string) {
  const owner = sql`from directory_user u
    where u.username_folded = l.username_folded and u.deleted_at is null`;
  await tx.execute(sql`
    update key_import_line l set verdict = coalesce(
      (select 'User "' || u.username || '" is disabled.' ${owner}),
      'User "' || l.username || '" is not in the database.')
    where l.import_id = ${id} and l.problem is null
      and (select u.active ${owner}) is not true`);
}

/** A name that several users share does not identify an owner. */
async function judgeShared(tx: Queryable, id: string) {
  if ((await countTwins(tx)) === 0) return;
  await tx.execute(sql`
    update key_import_line l set verdict = 'Several users have a name that looks like "'
      || l.username || '": rename or delete all but one.'
    where l.import_id = ${id} and ${stillGood} and l.username_folded in (
      select rtrim(username_folded) from directory_user
      where username_folded like '% ' and deleted_at is null)`);
}

async function judgeTwins(tx: Queryable, id: string) {
  await tx.execute(sql`set local enable_nestloop = off`);
  await tx.execute(sql`
    update key_import_line l set verdict = 'Same secret as line ' || twin.first || '.'
    from (
      select line, first from (
        select line, min(line) over (partition by mac) as first
        from key_import_line where import_id = ${id} and mac is not null
      ) lines where line <> first
    ) twin
    where l.import_id = ${id} and l.line = twin.line and ${stillGood}`);
  await tx.execute(sql`set local enable_nestloop = on`);
}

/** A secret has other MACs under older peppers, so all available ones are searched. */
async function judgeKnown(tx: Queryable, id: string) {
  await tx.execute(sql`
    update key_import_line l set verdict =
      'This secret is in the database already (deleted and replaced ones count).'
    where l.import_id = ${id} and ${stillGood} and (
      (select true from api_key k where k.secret_mac = l.mac) is true
      or (select true from former_secret f where f.mac = l.mac) is true
      or (cardinality(l.older_macs) > 0 and (
        exists (select from api_key k where k.secret_mac = any(l.older_macs) offset 0)
        or exists (select from former_secret f where f.mac = any(l.older_macs) offset 0))))`);
}
