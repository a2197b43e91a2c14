import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { keyHint } from '@/lib/keys/key-summary';
import { toldPerson } from '@/lib/keys/told-person';
import type { OwnedIdleKey } from '@/lib/notices/messages';
import { keysPerMail, type Mail, writeMails } from '@/lib/notices/write-message';
import { areOwnersTold } from './due-keys';
import { findIdleRule } from './idle-rule';
import {
  databaseClock,
  dayStart,
  daysLong,
  type IdleRule,
  idleTables,
  isRuled,
  isUnusedBefore,
  stopDay,
  unusedSince,
  utcDay,
} from './idle-sql';

/** Days before the switch-off on which the owner is told. */
export const idleNoticeDays = [14, 1] as const;

/** Persons who get a mail from one transaction. */
const personsAtOnce = 500;

type Options = { clock?: SQL; size?: number };

/**
 * Writes to owners whose keys are to be switched off as unused: one mail for each person and day, about all
 * keys that have reached a step since the last one. The primary key of `idle_digest` decides between two
 * instances. Who was not told in time, because Keydesk was away, is told that it is tomorrow, and so it will be.
 *
 * @returns how many persons are told
 */
export async function tellOwnersOfIdle(
  tx: Queryable,
  { clock = databaseClock, size = personsAtOnce }: Options = {},
): Promise<number> {
  const rule = await findIdleRule(tx);
  if (!rule || !(await areOwnersTold(tx))) return 0;
  const today = utcDay(clock);
  const { rows } = await tx.execute<Row>(sql`
    with stepped as materialized (${reached(rule, clock)}), claimed as (
      insert into idle_digest (person_id, day)
      select distinct person_id, ${today} from stepped s
      where not exists (
        select from idle_digest d where d.person_id = s.person_id and d.day = ${today})
      order by person_id limit ${size}
      on conflict do nothing returning person_id
    ), told as (
      insert into idle_notice (key_id, unused_since, days, day)
      select id, unused_since, step, ${today} from stepped join claimed using (person_id) order by id
      on conflict do nothing returning key_id
    ), ranked as (
      select s.*, count(*) over (partition by person_id) as total,
        row_number() over (partition by person_id order by stops_on, id) as number
      from told join stepped s on s.id = told.key_id
    )
    select person_id as "personId", address, total::int, days_left as "daysLeft", id, name, username,
      hint, stops_on::text as "stopsOn", null as "expiresAt",
      to_char(nullif(used_at, '-infinity') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        as "lastUsedAt"
    from ranked where number <= ${keysPerMail} order by person_id, number`);
  const mails = mailsOf(rows);
  await writeMails(tx, mails);
  return mails.length;
}

/** Keys that have reached a step of which their owner does not know, with whoever is told. */
function reached(rule: IdleRule, clock: SQL): SQL {
  const [first, last] = idleNoticeDays;
  const today = utcDay(clock);
  const soon = sql`(${dayStart(sql`(${today} + ${first}::int)`)} - ${daysLong(rule.days)})`;
  // Nobody is switched off on the day of the mail.
  const left = sql`greatest(${stopDay(rule)} - ${today}, ${last}::int)`;
  const step = sql`case when ${left} <= ${last} then ${last}::int else ${first}::int end`;
  return sql`
    select api_key.id, api_key.name, o.username, ${keyHint} as hint, l.used_at,
      person.id as person_id, person.address, ${unusedSince(rule.since)} as unused_since,
      ${left} as days_left, ${today} + ${left} as stops_on, ${step} as step
    from ${idleTables} cross join ${toldPerson}
    where ${isRuled(clock)} and ${isUnusedBefore(soon, rule.since)} and not exists (
      select from idle_notice n where n.key_id = api_key.id
        and n.unused_since = ${unusedSince(rule.since)} and n.days <= ${step})`;
}

type Row = OwnedIdleKey & { personId: string; address: string; total: number };

function mailsOf(rows: Row[]): Mail[] {
  const timestamp = new Date().toISOString();
  const persons = new Map<string, Row[]>();
  for (const row of rows) persons.set(row.personId, [...(persons.get(row.personId) ?? []), row]);
  return [...persons.values()].flatMap((some) => {
    const [one] = some;
    if (!one) return [];
    const keys = some.map(({ personId: _id, address: _address, total: _total, ...key }) => key);
    const data = { keys, total: one.total };
    return [
      { message: { type: 'owner.keys_idle', timestamp, data } as const, recipient: one.address },
    ];
  });
}
