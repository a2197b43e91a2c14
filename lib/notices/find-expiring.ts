import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { keyHint } from '@/lib/keys/key-summary';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { settings } from '@/lib/settings/settings';
import { expiringSoon } from './expiring-soon';
import type { FoundKey } from './messages';
import { hasAudience, keysAtOnce, tell } from './write-message';

/**
 * Writes notices about keys that expire in as many days as the policy says, at first 30, 7 and 1, once for
 * each step and each expiry date of a key. Days are calendar days in UTC, so that keys that expire on one day share a notice. A key that is late
 * or has less time gets only the nearest step. The primary key of `expiry_notice` decides between two
 * instances.
 *
 * @returns how many keys were reported
 */
export async function tellOfExpiring(tx: Queryable, size = keysAtOnce): Promise<number> {
  if (!(await hasAudience(tx, 'key.expiring'))) return 0;
  const { noticeDays } = await findKeyPolicy(tx);
  type Row = FoundKey & { expires: number; left: number };
  const { rows } = await tx.execute<Row>(sql`
    with stepped as (${expiringSoon(noticeDays)}), due as (
      select * from stepped where not exists (
        select from expiry_notice n
        where n.key_id = stepped.id and n.expires_at = stepped.expires_at and n.days <= stepped.days)
      order by expires_at, id limit ${size}
    ), told as (
      insert into expiry_notice (key_id, expires_at, days)
      select id, expires_at, days from due order by id
      on conflict do nothing returning key_id
    )
    select ${apiKey.id}, ${apiKey.name}, o.username, ${keyHint} as hint,
      extract(epoch from due.expires_at)::float8 as expires, due.days_left as left
    from told join due on due.id = told.key_id join api_key on api_key.id = told.key_id
      join directory_user o on o.id = api_key.owner_id
    order by due.expires_at, due.id`);
  const keys = rows.map(({ expires, left, ...key }) => ({
    ...key,
    expiresAt: new Date(expires * 1_000).toISOString(),
    daysLeft: left,
    link: `${settings().AUTH_URL}/keys/${key.id}`,
  }));
  await tell(tx, 'key.expiring', keys);
  return keys.length;
}
