import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import type { FormAction, FormState } from '@/lib/forms/form-state';
import { startSession } from '@/lib/sessions/session';
import { request } from './request';

/** Begins a real session for somebody; actions then take the request for theirs. */
export async function signInAs(person: Administrator): Promise<string> {
  const visit = { address: person.address, userAgent: 'Jest' };
  request.sessionId = await startSession(database(), person.id, visit);
  return request.sessionId;
}

export function signOutNow(): void {
  request.sessionId = null;
}

/** Sends a form as a browser would: fields by name, then what the form is told. */
export function send<Data>(
  action: FormAction<Data>,
  fields: Record<string, string | File>,
): Promise<FormState<Data>> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return action(null, form);
}

/** Where an action redirects to; fails where it does not. */
export async function redirectOf(answer: Promise<unknown>): Promise<string> {
  const result = await answer.then(
    (state) => state,
    (error: unknown) => error,
  );
  const digest = String((result as { digest?: unknown } | null)?.digest ?? '');
  const [kind, , path] = digest.split(';');
  if (kind === 'NEXT_REDIRECT' && path) return path;
  throw result instanceof Error ? result : new Error(`No redirect: ${JSON.stringify(result)}`);
}
