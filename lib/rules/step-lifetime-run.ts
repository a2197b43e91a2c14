import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { recordEvents } from '@/lib/audit/record-event';
import { lifetimeRuleActor } from '@/lib/audit/rule-actors';
import { keyTarget } from '@/lib/keys/find-key';
import { keyHint } from '@/lib/keys/key-summary';
import { livesTooLong, shortenedEnd } from './lifetime-sql';

/** Keys changed in one transaction, and keys looked at for that. */
const stepSize = 25;
const lookedAt = 20_000;

/**
 * One step along the ids of all keys, in a transaction of its own. The run ends early where the policy has
 * another maximum lifetime by now. Instances take turns by the lock on the run.
 *
 * @returns how many keys were looked at; 0 if there is nothing more to do
 */
export async function stepLifetimeRun(tx: Queryable, size = stepSize): Promise<number> {
  type Run = { id: string; days: number; after: string; grace: string; valid: boolean };
  const { rows } = await tx.execute<Run>(sql`
    select id, days, after_id as after, to_char(grace_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as grace,
      coalesce(days = (select longest_lifetime from key_policy), false) as valid
    from lifetime_run where finished_at is null for update skip locked`);
  const [run] = rows;
  if (!run) return 0;
  const ids = run.valid ? await nextIds(tx, run.after) : [];
  if (ids.length === 0) {
    await tx.execute(sql`update lifetime_run set finished_at = now() where id = ${run.id}`);
    return 0;
  }
  const last = await shorten(tx, run, ids, size);
  await tx.execute(
    sql`update lifetime_run set after_id = ${last ?? ids.at(-1)} where id = ${run.id}`,
  );
  return ids.length;
}

async function nextIds(tx: Queryable, after: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from api_key where id > ${after} order by id limit ${lookedAt}`,
  );
  return rows.map(({ id }) => id);
}

/** @returns the last id that was changed, if the step was full; otherwise all were looked at */
async function shorten(
  tx: Queryable,
  { id: run, days, grace }: { id: string; days: number; grace: string },
  ids: string[],
  size: number,
): Promise<string | null> {
  const moment = sql`${grace}::timestamptz`;
  const end = shortenedEnd(days, moment);
  type Row = { id: string; username: string; hint: string; from: string | null; to: string };
  const iso = (column: string) =>
    sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
  const { rows } = await tx.execute<Row>(sql`
    with due as (
      select api_key.id, api_key.expires_at as before, ${end} as after from api_key
      where api_key.id between ${ids[0]}::uuid and ${ids.at(-1)}::uuid and ${livesTooLong(days, moment)}
      order by api_key.id limit ${size} for update
    ), changed as (
      update api_key set expires_at = due.after from due where api_key.id = due.id
      returning api_key.id, due.before, due.after, ${keyHint} as hint, api_key.owner_id
    )
    select c.id, o.username, c.hint, ${iso('c.before')} as "from", ${iso('c.after')} as "to"
    from changed c join directory_user o on o.id = c.owner_id order by c.id`);
  await tx.execute(
    sql`update lifetime_run set changed = changed + ${rows.length} where id = ${run}`,
  );
  const targets = rows.map(({ from, to, ...key }) => ({
    ...keyTarget(key),
    details: { bulk: run, expiresAt: { from, to } },
  }));
  await recordEvents(tx, lifetimeRuleActor, 'key.update', targets);
  return rows.length < size ? null : (rows.at(-1)?.id ?? null);
}
