import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { recordEvent, recordEvents } from '@/lib/audit/record-event';
import { idleRuleActor } from '@/lib/audit/rule-actors';
import { keyTarget } from '@/lib/keys/find-key';
import { keyHint } from '@/lib/keys/key-summary';
import { areOwnersTold, countActive, countDue, isDue, ruleDay } from './due-keys';
import { findIdleRule, policyTarget } from './idle-rule';
import { databaseClock, type IdleRule, idleTables } from './idle-sql';
import { mostADay } from './most-a-day';

import { tellOfHeldRun } from './tell-of-held-run';

/** Keys of one transaction. Few enough that others wait only briefly for its audit events. */
const stepSize = 25;

type Options = {
  clock?: SQL;
  size?: number;
  /** Only to look for what is due today, or only to go on with what has begun. */
  part?: 'begin' | 'go on';
};
type Run = { id: string; day: string; left: number; held: boolean };

/**
 * One step of switching off unused keys, in a transaction of its own. The first step of a day counts, and
 * holds the whole run where it would switch off too many. Instances take turns by the lock on the policy,
 * which also keeps the rule as it is until the step is over.
 *
 * @returns how many keys were switched off; 0 if there is nothing more to do now
 */
export async function stepIdleRun(
  tx: Queryable,
  { clock = databaseClock, size = stepSize, part }: Options = {},
): Promise<number> {
  if (part === 'go on' && !(await isSomeGoing(tx))) return 0;
  const rule = await lockRule(tx);
  if (!rule) return 0;
  const due = isDue(rule, await areOwnersTold(tx), clock);
  const run = await runOfToday(tx, due, clock);
  if (!run || run.held || part === 'begin') return 0;
  const ids = await firstDue(tx, due, Math.min(size, run.left));
  if (ids.length === 0) {
    await tx.execute(sql`update idle_run set finished_at = ${clock} where id = ${run.id}`);
    return 0;
  }
  return switchOff(tx, rule, run, ids, due);
}

async function isSomeGoing(tx: Queryable): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select from idle_run where finished_at is null and not held`,
  );
  return rows.length > 0;
}

/** Asked before anything is locked, because most looks find that the rule is off. */
async function lockRule(tx: Queryable): Promise<IdleRule | null> {
  if (!(await findIdleRule(tx))) return null;
  const { rows } = await tx.execute(
    sql`select from key_policy where idle_days is not null for no key update skip locked`,
  );
  return rows.length > 0 ? findIdleRule(tx) : null;
}

/**
 * The run to go on with: one that an administrator allowed may last beyond its day. Null if today's is over,
 * or if nothing is due.
 */
async function runOfToday(tx: Queryable, due: SQL, clock: SQL): Promise<Run | null> {
  // What an earlier day left behind is counted anew, and what was allowed yesterday goes on.
  await tx.execute(sql`update idle_run set held = false, finished_at = ${clock}
    where finished_at is null and day < ${ruleDay(clock)} - approved::int`);
  const { rows } = await tx.execute<Run>(sql`
    select id, day::text, allowed - switched_off as left, held from idle_run
    where finished_at is null for update`);
  if (rows[0]) return rows[0];
  const { rows: over } = await tx.execute(
    sql`select from idle_run where day = ${ruleDay(clock)} limit 1`,
  );
  return over.length > 0 ? null : beginRun(tx, due, clock);
}

async function beginRun(tx: Queryable, due: SQL, clock: SQL): Promise<Run | null> {
  const keys = await countDue(tx, due);
  if (keys === 0) return null;
  const active = await countActive(tx, clock);
  const allowed = mostADay(active);
  const held = keys > allowed;
  const id = uuidv7();
  const { rows } = await tx.execute<{ day: string }>(sql`
    insert into idle_run (id, day, due, active, allowed, held)
    values (${id}, ${ruleDay(clock)}, ${keys}, ${active}, ${allowed}, ${held}) returning day::text`);
  if (held) {
    await tellOfHeldRun(tx, { due: keys, active, allowed });
    const details = { bulk: id, due: keys, active, allowed };
    await recordEvent(tx, idleRuleActor, 'policy.hold', policyTarget, { details });
  }
  return { id, day: rows[0]?.day ?? '', left: allowed, held };
}

async function firstDue(tx: Queryable, due: SQL, most: number): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select api_key.id from ${idleTables} where ${due}
    order by l.used_at, l.created_at limit ${most}`);
  return rows.map(({ id }) => id);
}

/**
 * The condition is asked again under the locks, of the rows as they are by then: whoever used or switched on a
 * key meanwhile keeps it. A key that somebody else has locked is left for a later step, so that this one never
 * waits while it holds others.
 */
async function switchOff(
  tx: Queryable,
  rule: IdleRule,
  run: Run,
  ids: string[],
  due: SQL,
): Promise<number> {
  type Row = { id: string; username: string; hint: string; used: string | null };
  const { rows } = await tx.execute<Row>(sql`
    select api_key.id, o.username, ${keyHint} as hint,
      to_char(nullif(l.used_at, '-infinity') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as used
    from ${idleTables} where api_key.id = any(${sql.param(ids)}::uuid[]) and ${due}
    order by api_key.id for update of api_key, l skip locked`);
  if (rows.length === 0) return 0;
  const locked = sql.param(rows.map(({ id }) => id));
  await tx.execute(sql`update api_key set active = false where id = any(${locked}::uuid[])`);
  await tx.execute(sql`
    update idle_run set switched_off = switched_off + ${rows.length} where id = ${run.id}`);
  const targets = rows.map(({ used, ...key }) => ({
    ...keyTarget(key),
    details: { bulk: run.id, unusedDays: rule.days, lastUsedAt: used },
  }));
  await recordEvents(tx, idleRuleActor, 'key.deactivate', targets);
  return rows.length;
}
