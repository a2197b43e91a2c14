import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Administrator, type Duty, hasRole, type Role } from '@/lib/access/administrator';
import { findSessionOwner } from '@/lib/sessions/session';
import { askedPath, findVisit } from './request-origin';
import { findSessionId } from './session-cookie';

/** The owner of this session, read from its row once per request, even if they have a duty. */
export const findSignedIn = cache(async (): Promise<Administrator | null> => {
  const sessionId = await findSessionId();
  if (!sessionId) return null;
  const { address } = await findVisit();
  return findSessionOwner(sessionId, address);
});

/** The administrator who may work; null if nobody is signed in or they must do something else first. */
export async function findAdministrator(): Promise<Administrator | null> {
  const administrator = await findSignedIn();
  return administrator?.owes ? null : administrator;
}

/**
 * The guard of every page. A browser that is not signed in is sent to sign in and returns afterwards. An
 * administrator with a duty is sent to its page, unless this page is for that duty. An administrator without
 * the role gets the same answer as for a page that does not exist.
 */
export async function requireAdministrator(
  role: Role = 'viewer',
  duties: readonly Duty[] = [],
): Promise<Administrator> {
  const administrator = await findSignedIn();
  if (!administrator) redirect(signInPath(await askedPath()));
  const { owes } = administrator;
  if (owes && !duties.includes(owes)) redirect(dutyPath[owes]);
  if (!hasRole(administrator, role)) notFound();
  return administrator;
}

export const dutyPath: Record<Duty, string> = {
  'new-password': '/settings/password',
  'second-factor': '/settings/second-factor',
};

export function signInPath(next: string): string {
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}
