import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Days for which the log of deliveries can be read. */
export const logDays = 30;
/** Longer than the longest step, so that nothing is told of twice. */
const toldDays = 90;
const batch = 5_000;

/** Messages with their deliveries. What still waits is younger: it is given up after a day. */
export async function forgetMessages(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from notice_message where id in (
      select id from notice_message where created_at < now() - make_interval(days => ${logDays})
      order by created_at limit ${size} for update skip locked)`);
  return rowCount ?? 0;
}

/** That it was told, once nothing depends on it any more. */
export async function forgetTold(tx: Queryable): Promise<number> {
  const expiry = await tx.execute(
    sql`delete from expiry_notice where expires_at < now() - make_interval(days => ${toldDays})`,
  );
  const dead = await tx.execute(
    sql`delete from dead_notice where day < current_date - ${toldDays}::int`,
  );
  return (expiry.rowCount ?? 0) + (dead.rowCount ?? 0);
}
