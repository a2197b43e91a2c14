import 'server-only';
import { eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { keyTarget } from './find-key';
import type { KeySummary } from './key-summary';

/** Switches a locked key on or off. The caller has checked that `by` may do so. */
export async function setActive(
  tx: Queryable,
  by: AuditActor,
  key: KeySummary,
  active: boolean,
): Promise<void> {
  await tx.update(apiKey).set({ active }).where(eq(apiKey.id, key.id));
  await recordEvent(tx, by, active ? 'key.activate' : 'key.deactivate', keyTarget(key));
}
