import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { keyHint } from '@/lib/keys/key-summary';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { toldPerson } from '@/lib/keys/told-person';
import { lastUseOf } from '@/lib/keys/use/use-sql';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { databaseClock, expiringSoon } from './expiring-soon';
import type { OwnedExpiringKey } from './messages';
import { keysPerMail, type Mail, writeMails } from './write-message';

/** Persons who get a mail from one transaction. */
const personsAtOnce = 500;

type Options = { clock?: SQL; size?: number };

/**
 * Writes to owners whose keys expire soon: one mail for each person and day, about all keys that have reached
 * a step of the policy since the last one. The primary key of `owner_digest` decides between two instances.
 *
 * @returns how many persons are told
 */
export async function tellOwnersOfExpiring(
  tx: Queryable,
  { clock = databaseClock, size = personsAtOnce }: Options = {},
): Promise<number> {
  const { tellOwners, noticeDays } = await findKeyPolicy(tx);
  if (!tellOwners || !isMailOn()) return 0;
  const { rows } = await tx.execute<Row>(sql`
    with due as materialized (
      select stepped.*, person.id as person_id, person.address
      from (${expiringSoon(noticeDays, clock)}) stepped
      join directory_user o on o.id = stepped.owner_id cross join ${toldPerson}
      where not exists (
        select from owner_expiry_notice n where n.key_id = stepped.id
          and n.expires_at = stepped.expires_at and n.days <= stepped.days)
    ), claimed as (
      insert into owner_digest (person_id, day)
      select distinct person_id, (${clock} at time zone 'UTC')::date from due
      where not exists (
        select from owner_digest d where d.person_id = due.person_id
          and d.day = (${clock} at time zone 'UTC')::date)
      order by person_id limit ${size}
      on conflict do nothing returning person_id
    ), told as (
      insert into owner_expiry_notice (key_id, expires_at, days)
      select id, expires_at, days from due join claimed using (person_id) order by id
      on conflict do nothing returning key_id
    ), ranked as (
      select due.*, count(*) over (partition by person_id) as total,
        row_number() over (partition by person_id order by expires_at, id) as number
      from told join due on due.id = told.key_id
    )
    select ranked.person_id as "personId", ranked.address, ranked.total::int,
      ranked.days_left as "daysLeft", ${apiKey.id}, ${apiKey.name}, o.username, ${keyHint} as hint,
      ${iso(sql`ranked.expires_at`)} as "expiresAt", ${iso(lastUseOf(apiKey.id))} as "lastUsedAt"
    from ranked join api_key on api_key.id = ranked.id join directory_user o on o.id = api_key.owner_id
    where ranked.number <= ${keysPerMail}
    order by ranked.person_id, ranked.number`);
  const mails = mailsOf(rows);
  await writeMails(tx, mails);
  return mails.length;
}

type Row = OwnedExpiringKey & { personId: string; address: string; total: number };

const iso = (moment: SQL) =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

function mailsOf(rows: Row[]): Mail[] {
  const timestamp = new Date().toISOString();
  const persons = new Map<string, Row[]>();
  for (const row of rows) persons.set(row.personId, [...(persons.get(row.personId) ?? []), row]);
  return [...persons.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const keys = some.map(({ personId: _id, address: _address, total: _total, ...key }) => key);
    const data = { keys, total: first.total };
    const message = { type: 'owner.keys_expiring', timestamp, data } as const;
    return [{ message, recipient: first.address }];
  });
}
