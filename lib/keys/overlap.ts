import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey, formerSecret } from '@/db/schema/api-key';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { recordEvent } from '@/lib/audit/record-event';
import { keyTarget, lockKey } from './find-key';
import { type OverlapChoice, overlapChoices } from './overlap-choices';
import { mayChange } from './reserved-scopes';

/**
 * Stores the secret of a locked key as a former one, which works for the chosen overlap but no longer than
 * the key. An earlier secret in its overlap stops.
 *
 * @returns when it stops; null if it stops at once
 */
export async function retireSecret(
  tx: Queryable,
  id: string,
  stops: OverlapChoice,
): Promise<Date | null> {
  await endOverlaps(tx, [id]);
  const minutes = overlapChoices.find(({ value }) => value === stops)?.minutes ?? 0;
  const stopsAt = sql`case when ${minutes}::int > 0 and (expires_at is null or expires_at > now())
    then least(now() + make_interval(mins => ${minutes}::int), expires_at) end`;
  const { rows } = await tx.execute<{ stopsAt: string | null }>(sql`
    insert into ${formerSecret} (mac, key_id, pepper, version, issued_at, stops_at)
    select secret_mac, id, secret_pepper, secret_version, secret_created_at, ${stopsAt}
    from ${apiKey} where id = ${id}
    returning extract(epoch from stops_at) * 1000 as "stopsAt"`);
  const at = rows[0]?.stopsAt ?? null;
  return at === null ? null : new Date(Number(at));
}

/**
 * Ends the overlaps of these keys from the commit on, for a regenerate or a restore. Locks in the order in
 * which MACs move to a new pepper, so that the two cannot deadlock.
 */
export async function endOverlaps(tx: Queryable, keyIds: string[]): Promise<void> {
  if (keyIds.length === 0) return;
  await tx.execute(sql`
    with ending as (
      select mac from ${formerSecret}
      where key_id = any(${sql.param(keyIds)}::uuid[]) and stops_at is not null
      order by mac for update
    )
    update ${formerSecret} f set stops_at = null from ending
    where f.mac = ending.mac and f.stops_at is not null`);
}

/**
 * Stops the old secret early. `version` is the one that the administrator saw. If it has already stopped,
 * nothing happens and no event is recorded.
 */
export async function stopOldSecret(
  administrator: Administrator,
  { id, version }: { id: string; version: number },
): Promise<{ outcome: 'stopped' | 'stopped-before' | 'gone' | 'needs-admin' }> {
  const lock = (tx: Queryable) => lockKey(tx, id);
  return changeAs(administrator, 'operator', lock, async (tx, by, key) => {
    if (!key) return { outcome: 'gone' };
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    const { rows } = await tx.execute<{ worked: boolean }>(sql`
      select stops_at > now() as worked from ${formerSecret}
      where key_id = ${id} and version = ${version} and stops_at is not null`);
    if (!rows[0]?.worked) return { outcome: 'stopped-before' };
    await endOverlaps(tx, [id]);
    await recordEvent(tx, by, 'key.stop-old', keyTarget(key), { details: { version } });
    return { outcome: 'stopped' };
  });
}
