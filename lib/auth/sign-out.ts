import 'server-only';
import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import type { KeyOwner } from '@/lib/access/key-owner';
import { recordEvent } from '@/lib/audit/record-event';
import { endSession } from '@/lib/sessions/session';
import { forgetBrowser } from './next-auth';
import { setCookie } from './own-cookie';
import { findSessionId } from './session-cookie';

/** Ends the session of this browser for good. A copy of its cookie no longer works. */
export async function signOut(who: Administrator | KeyOwner): Promise<void> {
  const sessionId = await findSessionId();
  await database().transaction(async (tx) => {
    if (sessionId) await endSession(tx, sessionId);
    const target = { type: 'session', id: null, label: who.username } as const;
    await recordEvent(tx, who, 'session.sign-out', target);
  });
  await forgetBrowser();
  // Set by this response only, so that a foreign link to an address cannot make the page clear anything.
  await setCookie('signed-out', '1', 60);
}
