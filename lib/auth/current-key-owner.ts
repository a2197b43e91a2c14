import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { KeyOwner } from '@/lib/access/key-owner';
import { findOwnKeyRule, type OwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { findSessionKeyOwner } from '@/lib/sessions/own-keys-session';
import { dutyPath, findSignedIn, signInPath } from './current-administrator';
import { askedPath, findVisit } from './request-origin';
import { findSessionId } from './session-cookie';

const findRule = cache(() => findOwnKeyRule());

/**
 * Who may see their own keys in this browser, with or without a role; null if nobody may. An administrator with
 * a duty may not before it is done.
 */
export const findKeyOwner = cache(async (): Promise<KeyOwner | null> => {
  const administrator = await findSignedIn();
  if (administrator) {
    if (administrator.owes || (await findRule()) === 'off') return null;
    const { id, username, address } = administrator;
    return { kind: 'key-owner', id, username, address };
  }
  const sessionId = await findSessionId();
  if (!sessionId) return null;
  const { address } = await findVisit();
  return findSessionKeyOwner(sessionId, address);
});

/**
 * The guard of every page of one's own keys. While the policy is off, the pages do not exist. Nobody else's
 * guard lets in who has no role.
 */
export async function requireKeyOwner(): Promise<{ owner: KeyOwner; rule: OwnKeyRule }> {
  const rule = await findRule();
  if (rule === 'off') notFound();
  const owner = await findKeyOwner();
  if (owner) return { owner, rule };
  const owes = (await findSignedIn())?.owes;
  redirect(owes ? dutyPath[owes] : signInPath(await askedPath()));
}
