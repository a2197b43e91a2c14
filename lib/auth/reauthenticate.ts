import 'server-only';
import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { noteReauthentication } from '@/lib/sessions/session';
import { checkOwnPassword } from './own-password';
import { sessionTarget } from './own-session';
import { compareOwn } from './reauthentication-limit';
import { takeCode } from './second-factor/check-code';
import { findSessionId } from './session-cookie';

export type Proof = { password: string } | { code: string };

export type ReauthenticateResult =
  | { outcome: 'proved'; sessionId: string }
  | { outcome: 'wrong' | 'ended' };

/** Checks again who uses this browser. A right answer counts for five minutes. */
export async function prove(
  administrator: Administrator,
  proof: Proof,
): Promise<ReauthenticateResult> {
  const by = 'password' in proof ? 'password' : 'second factor';
  const checked =
    'password' in proof
      ? await checkOwnPassword(administrator, proof.password)
      : await checkOwnCode(administrator, proof.code);
  const sessionId = await findSessionId();
  const right = checked.outcome === 'right' && sessionId !== null;
  return database().transaction(async (tx): Promise<ReauthenticateResult> => {
    const more = { outcome: right ? ('done' as const) : ('refused' as const), details: { by } };
    await recordEvent(tx, administrator, 'session.prove', sessionTarget(administrator), more);
    if (!right) return { outcome: checked.outcome === 'ended' ? 'ended' : 'wrong' };
    return { outcome: 'proved', sessionId: await noteReauthentication(tx, sessionId) };
  });
}

function checkOwnCode(administrator: Administrator, code: string) {
  return compareOwn(administrator, () =>
    database().transaction((tx) => takeCode(tx, administrator.id, code)),
  );
}
