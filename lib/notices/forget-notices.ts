import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Days for which the log of deliveries is kept. */
export const logDays = 30;
/** Days for which sent notices are remembered. Longer than the longest step, so that none is sent twice. */
const toldDays = 90;
const batch = 5_000;

/**
 * Deletes messages with their deliveries. Waiting ones are younger, because they are given up after a day.
 */
export async function forgetMessages(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from notice_message where id in (
      select id from notice_message where created_at < now() - make_interval(days => ${logDays})
      order by created_at limit ${size} for update skip locked)`);
  return rowCount ?? 0;
}

/** Deletes the record of sent notices once it is no longer needed. */
export async function forgetTold(tx: Queryable): Promise<number> {
  const expiry = await tx.execute(
    sql`delete from expiry_notice where expires_at < now() - make_interval(days => ${toldDays})`,
  );
  const dead = await tx.execute(
    sql`delete from dead_notice where day < current_date - ${toldDays}::int`,
  );
  const owners = await tx.execute(sql`
    delete from owner_expiry_notice where expires_at < now() - make_interval(days => ${toldDays})`);
  const digests = await tx.execute(
    sql`delete from owner_digest where day < current_date - ${toldDays}::int`,
  );
  const idle = await tx.execute(
    sql`delete from idle_notice where day < current_date - ${toldDays}::int`,
  );
  const idleDigests = await tx.execute(
    sql`delete from idle_digest where day < current_date - ${toldDays}::int`,
  );
  const all = [expiry, dead, owners, digests, idle, idleDigests];
  return all.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}
