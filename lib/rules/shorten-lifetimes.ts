import 'server-only';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { keyPolicy } from '@/db/schema/key-policy';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { policyTarget } from './idle-rule';
import type { ShortenLifetimesInput } from './lifetime-input';
import { momentOf } from './lifetime-sql';
import { previewLifetimes } from './preview-lifetimes';

export type ShortenLifetimesResult =
  | { outcome: 'started'; keys: number }
  /** The policy or the number of keys is no longer what the administrator was shown. */
  | { outcome: 'changed' }
  /** Another run has not finished yet. */
  | { outcome: 'running' };

/**
 * Begins to give ends to existing keys that live longer than the policy allows. The keys themselves are changed
 * by steps of scheduled work.
 */
export async function shortenLifetimes(
  administrator: Administrator,
  { until, days, keys }: ShortenLifetimesInput,
): Promise<ShortenLifetimesResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => tx.select({ id: keyPolicy.id }).from(keyPolicy).for('update');
  type Result = Promise<ShortenLifetimesResult>;
  return changeAs(administrator, 'admin', lock, async (tx, by): Result => {
    const { rows: running } = await tx.execute(
      sql`select from lifetime_run where finished_at is null`,
    );
    if (running.length > 0) return { outcome: 'running' };
    const found = await previewLifetimes(by, until, tx);
    if (found?.days !== days || found.keys === 0 || found.keys > keys)
      return { outcome: 'changed' };
    const id = uuidv7();
    await tx.execute(sql`
      insert into lifetime_run (id, days, grace_until, total)
      values (${id}, ${days}, ${momentOf(until)}, ${found.keys})`);
    const details = { bulk: id, days, until, keys: found.keys };
    await recordEvent(tx, by, 'policy.shorten', policyTarget, { details });
    return { outcome: 'started', keys: found.keys };
  });
}
