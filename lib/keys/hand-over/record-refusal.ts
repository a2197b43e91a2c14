import 'server-only';
import type { Queryable } from '@/db/client';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { keyTarget } from '../find-key';
import type { LockedHandOver } from './with-hand-over';

/** Writes down why a key was not collected. */
export async function recordRefusal(
  tx: Queryable,
  { key }: LockedHandOver,
  actor: AuditActor,
  details: { reason: string; left?: number },
): Promise<void> {
  if (!key) return;
  const refused = { outcome: 'refused', details } as const;
  await recordEvent(tx, actor, 'key.collect', keyTarget(key), refused);
}
