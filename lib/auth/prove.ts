import 'server-only';
import { database } from '@/db/client';
import { recordEvent } from '../audit/record-event';
import type { Administrator } from './administrator';
import { checkOwnPassword } from './own-password';
import { sessionTarget } from './own-session';
import { takeCode } from './second-factor/check-code';
import { proveSession } from './session';
import { findSessionId } from './session-cookie';
import { forgetFailures, reserveAttempt } from './sign-in-throttle';

export type Proof = { password: string } | { code: string };

export type ProveResult =
  | { outcome: 'proved'; sessionId: string }
  | { outcome: 'wrong' }
  | { outcome: 'wait'; seconds: number };

/** Asks once more who uses this browser; a right answer counts for five minutes. */
export async function prove(administrator: Administrator, proof: Proof): Promise<ProveResult> {
  const by = 'password' in proof ? 'password' : 'second factor';
  const checked =
    'password' in proof
      ? await checkOwnPassword(administrator, proof.password)
      : await checkOwnCode(administrator, proof.code);
  if (checked.outcome === 'wait') return checked;
  const sessionId = await findSessionId();
  const right = checked.outcome === 'right' && sessionId !== null;
  return database().transaction(async (tx): Promise<ProveResult> => {
    const more = { outcome: right ? ('done' as const) : ('refused' as const), details: { by } };
    await recordEvent(tx, administrator, 'session.prove', sessionTarget(administrator), more);
    if (!right) return { outcome: 'wrong' };
    return { outcome: 'proved', sessionId: await proveSession(tx, sessionId) };
  });
}

async function checkOwnCode(administrator: Administrator, code: string) {
  const seconds = await reserveAttempt(administrator);
  if (seconds > 0) return { outcome: 'wait', seconds } as const;
  return database().transaction(async (tx) => {
    if (!(await takeCode(tx, administrator.id, code))) return { outcome: 'wrong' } as const;
    await forgetFailures(tx, administrator);
    return { outcome: 'right' } as const;
  });
}
