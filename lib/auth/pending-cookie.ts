import 'server-only';
import { forgetCookie, readCookie, setCookie } from './own-cookie';
import { pendingMinutes } from './pending-sign-in';

/** Lets the browser remember the sign-in whose code is awaited. */
export const keepPending = (id: string) => setCookie('pending', id, pendingMinutes * 60);

export const findPendingId = () => readCookie('pending');

export const forgetPending = () => forgetCookie('pending');
