import 'server-only';
import { eq } from 'drizzle-orm';
import { apiKey } from '@/db/schema/api-key';
import { recordEvent } from '@/lib/audit/record-event';
import { keyTarget } from '../find-key';
import { isSame, proofHash } from './seal';
import { type Opener, refuseVisitor, type VisitorRefusal, whoOpens } from './visitor';
import { type LockedHandOver, withHandOver } from './with-hand-over';

/** Whether the key still works with the secret that this link brought. */
export const maySwitchOff = ({ state, key, secretVersion }: LockedHandOver): boolean =>
  state === 'collected' && key?.active === true && key.secretVersion === secretVersion;

export type StopCollectedResult =
  | { outcome: 'switched-off' | 'nothing-to-stop' | 'wrong-link' }
  | VisitorRefusal;

/**
 * Switches the key off for somebody who finds that another person collected it. They must have the link, and be
 * signed in where the link asks for that.
 */
export function stopCollected({
  id,
  proof,
  ...opener
}: {
  id: string;
  proof: string;
} & Opener): Promise<StopCollectedResult> {
  return withHandOver(id, async (tx, found): Promise<StopCollectedResult> => {
    if (!found || !isSame(proofHash(proof), found.proofHash)) return { outcome: 'wrong-link' };
    const refusal = await refuseVisitor(tx, found, opener);
    if (refusal) return refusal;
    const { key } = found;
    if (!key || !maySwitchOff(found)) return { outcome: 'nothing-to-stop' };
    await tx.update(apiKey).set({ active: false }).where(eq(apiKey.id, key.id));
    const details = { reason: 'collected by somebody else' };
    await recordEvent(tx, whoOpens(found, opener), 'key.deactivate', keyTarget(key), { details });
    return { outcome: 'switched-off' };
  });
}
