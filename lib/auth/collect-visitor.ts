import 'server-only';
import type { Visitor } from '@/lib/keys/hand-over/visitor';
import { findKeyOwner } from './current-key-owner';
import { findSessionId } from './session-cookie';

/** Who is signed in in this browser, with or without a role; null if nobody is who may see their own keys. */
export async function findVisitor(): Promise<Visitor | null> {
  const owner = await findKeyOwner();
  const sessionId = owner && (await findSessionId());
  return owner && sessionId ? { id: owner.id, username: owner.username, sessionId } : null;
}
