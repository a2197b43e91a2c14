import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { countTwins } from '@/lib/lists/username';

/**
 * Compares staged lines with each other, with the directory and with every secret that Keydesk knows,
 * deleted and replaced ones too; what it finds is written beside the lines. It holds until somebody
 * else changes one of them; the import asks again, and the unique index has the last word.
 *
 * @returns how many lines cannot be keys
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
 * Nothing is known of lines that have just come in, and a planner that takes a million for a handful
 * reads the directory or the lines once for each. Hence look-ups in the place of values, which are
 * made by index whatever it thinks, and one join that may not be a loop.
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

/** A name that finds one of several users is no way to say whose key it is. */
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

/** Under older peppers a secret has other MACs: all that we can make are looked for. */
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
