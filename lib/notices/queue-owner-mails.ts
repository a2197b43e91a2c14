import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { keyHint } from '@/lib/keys/key-summary';
import { toldPerson } from '@/lib/keys/told-person';
import { lastUseOf } from '@/lib/keys/use/use-sql';
import { isMailOn } from '@/lib/settings/is-mail-on';
import type { OwnedChangedKey } from './messages';
import { lockPosition } from './queue-owner-events';
import { keysPerMail, type Mail, writeMails } from './write-message';

/** Changes of one transaction. */
const changesAtOnce = 50;

/** Minutes after which a bulk change that nobody goes on with is reported as far as it came. */
const abandonedAfter = 15;

/**
 * Writes a mail to each person whom a change concerns, about all of their keys that it changed. A change is
 * reported once all of its events are noted: those of a transaction follow each other, and the steps of a
 * bulk change are waited for.
 *
 * @returns how many changes were reported
 */
export async function queueOwnerMails(most = changesAtOnce): Promise<number> {
  if (!isMailOn() || !(await areSomeNoted())) return 0;
  return database().transaction(async (tx) => {
    const seq = await lockPosition(tx);
    if (seq === null) return 0;
    const changes = await completeChanges(tx, seq, most);
    if (changes.length > 0) await writeMails(tx, mailsOf(await takeEvents(tx, changes)));
    return changes.length;
  });
}

async function areSomeNoted(): Promise<boolean> {
  const { rows } = await database().execute(sql`select from owner_event limit 1`);
  return rows.length > 0;
}

async function completeChanges(tx: Queryable, seq: string, most: number): Promise<string[]> {
  const { rows } = await tx.execute<{ change: string }>(sql`
    select change from owner_event
    where change is distinct from (
      select xmin::text from audit_event where seq = ${seq}::bigint + 1)
    group by change, bulk_id
    having bulk_id is null
      or max(read_at) < now() - make_interval(mins => ${abandonedAfter})
      or not exists (
        select from bulk_change_key b where b.bulk_id = owner_event.bulk_id and b.outcome is null)
      and not exists (
        select from idle_run r where r.id = owner_event.bulk_id and r.finished_at is null)
    order by min(seq) limit ${most}`);
  return rows.map(({ change }) => change);
}

type Row = OwnedChangedKey & {
  change: string;
  personId: string;
  address: string;
  total: number;
  by: string;
};

/** One row for each key and person, with the first keys of each mail. */
async function takeEvents(tx: Queryable, changes: string[]): Promise<Row[]> {
  const { rows } = await tx.execute<Row>(sql`
    with taken as (
      delete from owner_event where change = any(${sql.param(changes)}::text[])
      returning seq, owner_id, key_id, change
    ), changed as (
      select t.change, t.key_id, person.id as person_id, person.address, min(t.seq) as seq,
        array_agg(distinct e.seq order by e.seq) as seqs
      from taken t join audit_event e on e.seq = t.seq
        join directory_user o on o.id = t.owner_id cross join ${toldPerson}
      -- Somebody who left some time ago is not told. Leaving itself is told.
      where o.active or o.updated_at > e.at - interval '1 day'
      group by t.change, t.key_id, person.id, person.address
    ), ranked as (
      select changed.*, count(*) over whole as total, row_number() over (whole order by seq) as number
      from changed window whole as (partition by change, person_id)
    )
    select ranked.change, ranked.person_id as "personId", ranked.address, ranked.total::int,
      said.actions, said.owner, said.old_stops as "oldStopsAt", said.by,
      ${apiKey.id}, ${apiKey.name}, o.username, ${keyHint} as hint,
      ${iso(sql`api_key.expires_at`)} as "expiresAt", ${iso(lastUseOf(apiKey.id))} as "lastUsedAt"
    from ranked join api_key on api_key.id = ranked.key_id
      join directory_user o on o.id = api_key.owner_id
      cross join lateral (
        select array_agg(action order by seq) as actions, min(actor) as by,
          (array_agg(details -> 'owner') filter (where action = 'key.transfer'))[1] as owner,
          max(details ->> 'oldStopsAt') as old_stops
        from audit_event where seq = any(ranked.seqs)) said
    where ranked.number <= ${keysPerMail}
    order by ranked.change, ranked.person_id, ranked.number`);
  return rows;
}

const iso = (moment: SQL) =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

function mailsOf(rows: Row[]): Mail[] {
  const timestamp = new Date().toISOString();
  const mails = new Map<string, Row[]>();
  for (const row of rows) {
    const mail = `${row.change} ${row.personId}`;
    mails.set(mail, [...(mails.get(mail) ?? []), row]);
  }
  return [...mails.values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const data = { keys: some.map(keyOf), total: first.total, by: first.by };
    const message = { type: 'owner.keys_changed', timestamp, data } as const;
    return [{ message, recipient: first.address }];
  });
}

function keyOf({ id, name, username, hint, expiresAt, lastUsedAt, ...said }: Row) {
  const { actions, owner, oldStopsAt } = said;
  return { id, name, username, hint, expiresAt, lastUsedAt, actions, owner, oldStopsAt };
}
