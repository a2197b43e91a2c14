import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Administrator, hasRole, type Role } from './administrator';
import { findSessionId } from './next-auth';
import { findSessionOwner } from './session';
import { askedPath, findVisit } from './visit';

/** Who is signed in, read from the session row once per request; null for nobody. */
export const findAdministrator = cache(async (): Promise<Administrator | null> => {
  const sessionId = await findSessionId();
  if (!sessionId) return null;
  const { address } = await findVisit();
  return findSessionOwner(sessionId, address);
});

/**
 * The guard of every page. Nobody is sent to sign in and back; who lacks the role sees what they
 * would see if the page did not exist.
 */
export async function requireAdministrator(role: Role = 'viewer'): Promise<Administrator> {
  const administrator = await findAdministrator();
  if (!administrator) redirect(signInPath(await askedPath()));
  if (!hasRole(administrator, role)) notFound();
  return administrator;
}

export function signInPath(next: string): string {
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}
