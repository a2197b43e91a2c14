import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { recordEvents, systemActor } from '@/lib/audit/record-event';
import { keyTarget } from '../find-key';
import { keyHint } from '../key-summary';

const batch = 200;

/** Days for which a link says what became of it. */
export const rememberedDays = 30;

/**
 * Removes the seals of links whose term is over. New keys stay switched off. Skips what somebody is collecting
 * at this moment.
 *
 * @returns how many; fewer than {@link batch} if none are left
 */
export async function expireHandOvers(tx: Queryable): Promise<number> {
  const { rows } = await tx.execute<{ id: string; username: string; hint: string }>(sql`
    with due as (
      select id from hand_over where state = 'open' and expires_at <= now()
      order by expires_at limit ${batch} for update skip locked
    ), ended as (
      update hand_over set state = 'expired', sealed_secret = null, closed_at = now()
      from due where hand_over.id = due.id
      returning hand_over.key_id
    )
    select api_key.id, u.username, ${keyHint} as hint
    from ended join api_key on api_key.id = ended.key_id
      join directory_user u on u.id = api_key.owner_id`);
  await recordEvents(tx, systemActor, 'key.hand-over-expired', rows.map(keyTarget));
  return rows.length;
}

/** Removes what is no longer said. @returns how many, and 0 if none are left */
export async function forgetHandOvers(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from hand_over where id in (
      select id from hand_over where state <> 'open'
        and closed_at < now() - make_interval(days => ${rememberedDays})
      order by id limit ${batch} for update skip locked)`);
  return rowCount ?? 0;
}
