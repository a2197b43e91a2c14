import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { readFields, typedValues } from '@/lib/forms/form-fields';
import { type FormState, type FormValues, failed } from '@/lib/forms/form-state';
import { tellOfNotConfirmed } from '@/lib/http/not-confirmed';
import { isOwnPost } from '@/lib/http/same-origin';
import { log } from '@/lib/log/log';
import { settings } from '@/lib/settings/settings';
import { signInPath } from './current-administrator';
import { guardMessages } from './guard-messages';
import { keepTyped } from './keep-typed';
import { askedPath } from './request-origin';

/** The framework accepts an action without an Origin. Browsers always send one with a POST. */
export async function refuseForeignOrigin(): Promise<FormState<never> | null> {
  if (isOwnPost({ headers: await headers() })) return null;
  logRefusal('origin');
  return failed(guardMessages.otherOrigin(settings().AUTH_URL));
}

/** Keeps what was typed for the way back. */
export async function sendToSignIn(form: FormData, names: ReadonlySet<string>): Promise<never> {
  logRefusal('session');
  const [fields, path] = [readFields(form), await askedPath()];
  return redirect(signInPath(fields ? keepTyped(path, typedValues(fields, names)) : path));
}

export function logRefusal(reason: 'origin' | 'session' | 'role', who?: { id: string }) {
  log.warn('action refused', { reason, administratorId: who?.id });
}

export function notConfirmed(administratorId: string | undefined, values: FormValues) {
  tellOfNotConfirmed(administratorId);
  return failed(guardMessages.notConfirmed, values);
}
