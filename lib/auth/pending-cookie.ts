import 'server-only';
import { cookies } from 'next/headers';
import { isHttps } from '../public-origin';
import { pendingMinutes } from './pending-sign-in';

const pendingCookie = () => (isHttps() ? '__Host-keydesk.pending' : 'keydesk.pending');

/** Lets the browser remember the sign-in whose code is awaited. */
export async function keepPending(id: string): Promise<void> {
  (await cookies()).set(pendingCookie(), id, {
    httpOnly: true,
    // A strict one would not come along from a provider's page.
    sameSite: 'lax',
    path: '/',
    secure: isHttps(),
    maxAge: pendingMinutes * 60,
  });
}

export async function findPendingId(): Promise<string | null> {
  return (await cookies()).get(pendingCookie())?.value || null;
}

export async function forgetPending(): Promise<void> {
  (await cookies()).set(pendingCookie(), '', {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: isHttps(),
    maxAge: 0,
  });
}
