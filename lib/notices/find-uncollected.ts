import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { endedUncollected } from '@/lib/keys/hand-over/ended-uncollected';
import { keyHint } from '@/lib/keys/key-summary';
import { toldPerson } from '@/lib/keys/told-person';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { settings } from '@/lib/settings/settings';
import type { FoundKey, UncollectedKey } from './messages';
import { hasAudience, keysPerMail, type Mail, tell, writeMails } from './write-message';

const batch = 200;

type Row = FoundKey & {
  endedAt: string;
  byCodes: boolean;
  replaces: boolean;
  maker: string | null;
};

/**
 * Writes notices about hand-overs that ended although nobody collected them, once for each, and a mail to whoever made the
 * link unless they get the notice anyway. What ended more than a day ago is old news.
 *
 * @returns how many were reported
 */
export async function tellOfUncollected(tx: Queryable): Promise<number> {
  if (!(await hasAudience(tx, 'key.uncollected')) && !isMailOn()) return 0;
  const { rows } = await tx.execute<Row>(sql`
    with due as (
      select h.id from hand_over h
      where not h.told and ${endedUncollected('h')} and h.closed_at > now() - interval '1 day'
      order by h.closed_at limit ${batch} for update skip locked
    ), told as (
      update hand_over set told = true from due where hand_over.id = due.id
      returning hand_over.key_id, hand_over.made_by, hand_over.replaces, hand_over.closed_at,
        hand_over.state = 'ended' as by_codes
    )
    select ${apiKey.id}, ${apiKey.name}, u.username, ${keyHint} as hint, told.replaces,
      told.by_codes as "byCodes", maker.address as maker,
      to_char(told.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endedAt"
    from told join api_key on api_key.id = told.key_id
      join directory_user u on u.id = api_key.owner_id
      left join lateral (
        select person.address from directory_user o cross join ${toldPerson}
        where o.id = told.made_by and o.active) maker on true
    where api_key.deleted_at is null
    order by told.closed_at, api_key.id`);
  const keys = rows.map(keyOf);
  await tell(tx, 'key.uncollected', keys);
  if (isMailOn()) await writeMails(tx, mailsOf(rows, await findRecipients(tx)));
  return rows.length;
}

function keyOf({ id, name, username, hint, endedAt, byCodes, replaces }: Row): UncollectedKey {
  return {
    ...{ id, name, username, hint, endedAt },
    reason: byCodes ? 'wrong_codes' : 'expired',
    result: replaces ? 'old_secret_kept' : 'switched_off',
    link: `${settings().AUTH_URL}/keys/${id}`,
  };
}

async function findRecipients(tx: Queryable): Promise<Set<string>> {
  const { rows } = await tx.execute<{ address: string }>(
    sql`select lower(unnest(addresses)) as address from notice_recipients`,
  );
  return new Set(rows.map(({ address }) => address));
}

/** One for each maker, about all of their keys. */
function mailsOf(rows: Row[], recipients: ReadonlySet<string>): Mail[] {
  const timestamp = new Date().toISOString();
  const makers = new Set(rows.flatMap(({ maker }) => maker ?? []));
  return [...makers]
    .filter((maker) => !recipients.has(maker.toLowerCase()))
    .map((recipient) => {
      const own = rows.filter(({ maker }) => maker === recipient).map(keyOf);
      const data = { keys: own.slice(0, keysPerMail), total: own.length };
      return { recipient, message: { type: 'key.uncollected', timestamp, data } };
    });
}
