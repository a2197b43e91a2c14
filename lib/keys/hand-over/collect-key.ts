import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { handOver } from '@/db/schema/hand-over';
import { recordEvent } from '@/lib/audit/record-event';
import { keyTarget } from '../find-key';
import { retireSecret } from '../overlap';
import type { OverlapChoice } from '../overlap-choices';
import type { LockedKey } from '../policy/key-fields';
import { forgetSealedSecrets } from '../secret/sealed-secrets';
import { mostWrongCodes } from './hand-over-input';
import { recordRefusal } from './record-refusal';
import { codeMac, isSame, proofHash } from './seal';
import { maySwitchOff } from './stop-collected';
import { type Opener, proofDetails, refuseVisitor, type VisitorRefusal, whoOpens } from './visitor';
import { type LockedHandOver, linkHolder, withHandOver } from './with-hand-over';

export type CollectResult =
  /** The one answer with the seal, which is no longer stored. */
  | { outcome: 'collected'; sealed: Buffer; username: string; active: boolean }
  | { outcome: 'collected-before'; at: Date; from: string; mayStop: boolean }
  | { outcome: 'code-needed' }
  /** `left` codes may still be tried; with none left the link has ended. */
  | { outcome: 'wrong-code'; left: number }
  /** The proof is wrong, or there is no such hand-over: the two are not told apart. */
  | { outcome: 'wrong-link' }
  /** It was ended, or its term is over. */
  | { outcome: 'over' }
  /** Nothing is used up: the link works again when the owner is enabled. */
  | { outcome: 'owner-disabled' }
  | VisitorRefusal;

type Shown = { id: string; proof: string; code: string } & Opener;

/**
 * Gives the seal to whoever proves that they have the link, this once. In the same transaction the key is
 * switched on, or gets its new secret, and the seal is removed. Of several requests at once only the first
 * gets it. A wrong proof changes nothing, so nobody without the link can use it up, and neither does somebody
 * else who signs in.
 */
export function collectKey({ id, proof, code, ...opener }: Shown): Promise<CollectResult> {
  const { address } = opener;
  return withHandOver(id, async (tx, found): Promise<CollectResult> => {
    if (!found) return { outcome: 'wrong-link' };
    if (!isSame(proofHash(proof), found.proofHash)) {
      await recordRefusal(tx, found, linkHolder(address), { reason: 'wrong link' });
      return { outcome: 'wrong-link' };
    }
    const { key, sealedSecret: sealed } = found;
    if (found.state === 'collected') {
      return (await refuseVisitor(tx, found, opener)) ?? collectedBefore(found);
    }
    if (!key || !sealed || found.isOver || !fits(found, key)) return { outcome: 'over' };
    if (!key.ownerActive) return { outcome: 'owner-disabled' };
    const refusal = await refuseVisitor(tx, found, opener);
    if (refusal) return refusal;
    if (found.codeMac && !found.signOn) {
      const digits = code.replace(/\D/g, '');
      if (digits === '') return { outcome: 'code-needed' };
      if (!isSame(codeMac(id, digits), found.codeMac)) return refuseCode(tx, found, address);
    }
    await putInPlace(tx, found, key);
    const closed = { closedAt: sql`clock_timestamp()`, sealedSecret: null };
    await tx
      .update(handOver)
      .set({ ...closed, state: 'collected', collectedFrom: address })
      .where(eq(handOver.id, id));
    await recordEvent(tx, whoOpens(found, opener), 'key.collect', keyTarget(key), {
      details: { version: found.secretVersion, ...proofDetails(found) },
    });
    const active = key.active || found.activates;
    return { outcome: 'collected', sealed, username: key.username, active };
  });
}

function collectedBefore(found: LockedHandOver): CollectResult {
  const at = found.closedAt ?? found.createdAt;
  const from = found.collectedFrom ?? '';
  return { outcome: 'collected-before', at, from, mayStop: maySwitchOff(found) };
}

/** Whether the key still has the secret that the link is about, or the one before it. */
const fits = (found: LockedHandOver, key: LockedKey): boolean =>
  key.secretVersion === found.secretVersion - (found.replaces ? 1 : 0);

async function putInPlace(tx: Queryable, found: LockedHandOver, key: LockedKey) {
  if (!found.replaces) {
    if (found.activates) await tx.update(apiKey).set({ active: true }).where(eq(apiKey.id, key.id));
    return;
  }
  await retireSecret(tx, key.id, (found.overlap ?? 'now') as OverlapChoice);
  await tx.execute(sql`
    update ${apiKey} k set secret_mac = h.secret_mac, secret_pepper = h.secret_pepper,
      secret_prefix = h.secret_prefix, secret_first = h.secret_first, secret_last = h.secret_last,
      secret_version = h.secret_version, secret_created_at = now()
    from hand_over h where h.id = ${found.id} and k.id = h.key_id`);
  // The new secret was never known to a key-encryption key, so it cannot be revealed.
  await forgetSealedSecrets(tx, [key.id]);
}

async function refuseCode(
  tx: Queryable,
  found: LockedHandOver,
  address: string,
): Promise<CollectResult> {
  const wrongCodes = found.wrongCodes + 1;
  const left = mostWrongCodes - wrongCodes;
  const ended = { state: 'ended', sealedSecret: null, closedAt: sql`clock_timestamp()` } as const;
  await tx
    .update(handOver)
    .set({ wrongCodes, ...(left === 0 && ended) })
    .where(eq(handOver.id, found.id));
  await recordRefusal(tx, found, linkHolder(address), { reason: 'wrong code', left });
  return { outcome: 'wrong-code', left };
}
