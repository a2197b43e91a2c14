import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { AuditActor } from '@/lib/audit/record-event';
import { keyHint } from '../key-summary';
import { endHandOvers, recordEnded } from './end-hand-overs';

/**
 * Ends all open hand-overs of locked services whose responsible person is another from now on, because the
 * links are with the former one.
 *
 * @returns records the events, which must come last
 */
export async function endHandOversOf(
  tx: Queryable,
  serviceIds: string[],
): Promise<(actor: AuditActor) => Promise<void>> {
  if (serviceIds.length === 0) return async () => undefined;
  const { rows } = await tx.execute<{ id: string; username: string; hint: string }>(sql`
    select api_key.id, u.username, ${keyHint} as hint
    from api_key join directory_user u on u.id = api_key.owner_id
    where u.id = any(${sql.param(serviceIds)}::uuid[]) and api_key.deleted_at is null
      and exists (select from hand_over h where h.key_id = api_key.id and h.state = 'open')
    order by api_key.id for update of api_key`);
  const ended = await endHandOvers(
    tx,
    rows.map(({ id }) => id),
  );
  return (actor) => recordEnded(tx, actor, rows, ended);
}
