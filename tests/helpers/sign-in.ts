import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import type { FormAction, FormState } from '@/lib/forms/form-state';
import { startSession } from '@/lib/sessions/session';
import { request } from './request';

/** Begins a real session for a person. Actions then treat requests as theirs. */
export async function signInAs(person: Administrator): Promise<string> {
  const visit = { address: person.address, userAgent: 'Jest' };
  request.sessionId = await startSession(database(), person.id, visit);
  return request.sessionId;
}

export function signOutNow(): void {
  request.sessionId = null;
}

/** Sends fields to an action like a browser, and returns the form's state. */
export function send<Data>(
  action: FormAction<Data>,
  fields: Record<string, string | File>,
): Promise<FormState<Data>> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return action(null, form);
}

/** The address to which an action redirects. Fails if it does not redirect. */
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
