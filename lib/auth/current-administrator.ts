import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Administrator, type Duty, hasRole, type Role } from '@/lib/access/administrator';
import { findSessionOwner } from '@/lib/sessions/session';
import { askedPath, findVisit } from './request-origin';
import { findSessionId } from './session-cookie';

/** Whose session this is, read from its row once per request, whatever they still have to do. */
export const findSignedIn = cache(async (): Promise<Administrator | null> => {
  const sessionId = await findSessionId();
  if (!sessionId) return null;
  const { address } = await findVisit();
  return findSessionOwner(sessionId, address);
});

/** Who is signed in and may work; null for nobody, and for who has to do something else first. */
export async function findAdministrator(): Promise<Administrator | null> {
  const administrator = await findSignedIn();
  return administrator?.owes ? null : administrator;
}

/**
 * The guard of every page. Nobody is sent to sign in and back; who has a duty, to where it is done,
 * unless the page is there for it; who lacks the role sees what they would see if the page did not
 * exist.
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
