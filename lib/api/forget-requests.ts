import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { keptHours, keptMinutes } from './idempotency';

const batch = 1_000;

/** Removes answers that are no longer given. @returns how many, and 0 if none are left */
export async function forgetAnswers(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update api_request set sealed_answer = null where (caller_id, key_mac) in (
      select caller_id, key_mac from api_request where sealed_answer is not null
        and created_at < now() - make_interval(mins => ${keptMinutes})
      order by caller_id, key_mac limit ${batch} for update skip locked)`);
  return rowCount ?? 0;
}

/** Removes requests whose idempotency keys may be used anew. @returns how many, and 0 if none are left */
export async function forgetRequests(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from api_request where (caller_id, key_mac) in (
      select caller_id, key_mac from api_request
      where created_at < now() - make_interval(hours => ${keptHours})
      order by caller_id, key_mac limit ${batch} for update skip locked)`);
  return rowCount ?? 0;
}
