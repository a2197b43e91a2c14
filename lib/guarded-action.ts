import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import {
  type Administrator,
  type Duty,
  ForbiddenError,
  hasRole,
  type Role,
} from './auth/administrator';
import { dutyPath, findSignedIn, signInPath } from './auth/current-administrator';
import { ProofRequiredError, provePath, requireRecentProof } from './auth/step-up';
import { askedPath } from './auth/visit';
import { settings } from './env';
import { type FormAction, type FormState, type FormValues, failed, invalid } from './form-state';
import { log } from './log';
import { isOwnPost } from './own-visit';

type Options = {
  /** Whether password or second factor must have been asked within five minutes. */
  proof?: boolean;
  /** What one may still have to do and run this nevertheless: the action is there for it. */
  duties?: readonly Duty[];
};

type Fields = Record<string, string | File | (string | File)[]>;

/**
 * The one way to export a server action: Origin, session, role, a strict parse, and then `run`. Every
 * action is a public POST endpoint, whatever page shows its form.
 */
export function guardedAction<Schema extends z.ZodType, Data = null>(
  role: Role,
  schema: Schema,
  run: (administrator: Administrator, input: z.output<Schema>) => Promise<FormState<Data>>,
  { proof = false, duties = [] }: Options = {},
): FormAction<Data> {
  return async (_previous, form) => {
    const refusal = await refuseForeignOrigin();
    if (refusal) return refusal;
    const administrator = await findSignedIn();
    const fields = formFields(form);
    const values = typedValues(fields);
    if (!administrator) logRefusal('session');
    if (!administrator) redirect(signInPath(keepTyped(await askedPath(), values)));
    const { owes } = administrator;
    if (owes && !duties.includes(owes)) redirect(dutyPath[owes]);
    if (!hasRole(administrator, role)) {
      logRefusal('role', administrator);
      return failed(`This needs the role ${role}.`, values);
    }
    return answerRefusals(administrator, values, async () => {
      if (proof) requireRecentProof(administrator);
      const input = schema.safeParse(fields);
      if (!input.success) return invalid(fieldMessages(input.error), values);
      return run(administrator, input.data);
    });
  };
}

/** The same without a session, for signing in. */
export function publicAction<Schema extends z.ZodType, Data = null>(
  schema: Schema,
  run: (input: z.output<Schema>) => Promise<FormState<Data>>,
): FormAction<Data> {
  return async (_previous, form) => {
    const refusal = await refuseForeignOrigin();
    if (refusal) return refusal;
    const fields = formFields(form);
    const input = schema.safeParse(fields);
    if (!input.success) return invalid(fieldMessages(input.error), typedValues(fields));
    return run(input.data);
  };
}

/** The framework runs an action whose Origin is missing; browsers always send one with a POST. */
async function refuseForeignOrigin(): Promise<FormState<never> | null> {
  if (isOwnPost({ headers: await headers() })) return null;
  logRefusal('origin');
  return failed(`This form works only at ${settings().AUTH_URL}. Open Keydesk there.`);
}

function logRefusal(reason: 'origin' | 'session' | 'role', administrator?: Administrator) {
  log.warn('action refused', { reason, administratorId: administrator?.id });
}

/** Everything sent under names that are not the framework's; a repeated name becomes a list. */
function formFields(form: FormData): Fields {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith('$ACTION'));
  return Object.fromEntries(
    names.map((name) => {
      const all = form.getAll(name);
      return [name, all.length === 1 && all[0] !== undefined ? all[0] : all];
    }),
  );
}

/** What goes back into the form: text, and no passwords. */
function typedValues(fields: Fields): FormValues {
  const texts = Object.entries(fields).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !/password|secret|code/i.test(entry[0]),
  );
  return Object.fromEntries(texts);
}

/** The first message for each field; what concerns no field of the form stands under `form`. */
function fieldMessages(error: z.ZodError): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const issue of error.issues) messages[String(issue.path[0] ?? 'form')] ??= issue.message;
  return messages;
}

/** Of one submission only; and addresses of webhooks, into which many services put a password. */
const neverInAddress = new Set(['requestId', 'url']);

/** Puts what was typed into the address of the form, so that signing in again does not lose it. */
function keepTyped(path: string, values: FormValues): string {
  const url = new URL(path, 'http://path');
  for (const [name, value] of Object.entries(values)) {
    if (!neverInAddress.has(name) && value.length <= 300) url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}

/** Refusals from where data is touched: a message, or the page that asks for a proof. */
async function answerRefusals<Data>(
  administrator: Administrator,
  values: FormValues,
  run: () => Promise<FormState<Data>>,
): Promise<FormState<Data>> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ForbiddenError) {
      logRefusal('role', administrator);
      return failed(error.message, values);
    }
    if (!(error instanceof ProofRequiredError)) throw error;
  }
  redirect(provePath(keepTyped(await askedPath(), values)));
}
