import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import type { KeyPolicy } from './key-policy';

/**
 * Existing keys whose expiry date would violate the policy today: without one, or too long after they were
 * made.
 */
export async function countViolations(
  administrator: Administrator,
  { expiryRequired, longestLifetime }: KeyPolicy,
): Promise<number> {
  authorize(administrator, 'viewer');
  if (!expiryRequired && longestLifetime === null) return 0;
  const { rows } = await database().execute<{ count: string }>(sql`
    select count(*) from api_key
    where deleted_at is null and (
      expires_at is null
      or expires_at > created_at + make_interval(days => ${longestLifetime ?? 1_000_000}::int))`);
  return Number(rows[0]?.count);
}
