import 'server-only';
import { forgetCookie, readCookie, setCookie } from './own-cookie';
import { pendingMinutes } from './pending-sign-in';

/** Keeps the id of a sign-in that waits for its code in the browser. */
export const keepPending = (id: string) => setCookie('pending', id, pendingMinutes * 60);

export const findPendingId = () => readCookie('pending');

export const forgetPending = () => forgetCookie('pending');
