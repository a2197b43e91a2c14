import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { NotConfirmedError } from '@/db/confirmation';
import { accessMessages } from '@/lib/access/access-messages';
import {
  type Administrator,
  type Duty,
  ForbiddenError,
  hasRole,
  type Role,
} from '@/lib/access/administrator';
import {
  asUnsent,
  ReauthenticationRequiredError,
  reauthenticationPath,
  requireReauthentication,
} from '@/lib/access/reauthentication';
import {
  fieldMessages,
  namesOf,
  ownWords,
  readFields,
  shortValues,
  typedValues,
} from '@/lib/forms/form-fields';
import {
  type FormAction,
  type FormState,
  type FormValues,
  failed,
  invalid,
} from '@/lib/forms/form-state';
import { answerInTurn } from '@/lib/http/answer-in-turn';
import { tellOfNotConfirmed } from '@/lib/http/not-confirmed';
import { isOwnPost } from '@/lib/http/same-origin';
import { Turns } from '@/lib/http/turns';
import { log } from '@/lib/log/log';
import { noteOutcome } from '@/lib/log/request-id';
import { settings } from '@/lib/settings/settings';
import { dutyPath, findSignedIn, signInPath } from './current-administrator';
import { guardMessages } from './guard-messages';
import { keepTyped } from './keep-typed';
import { askedPath, findVisit } from './request-origin';
import { tooManyAtOnce } from './sign-in-messages';

type Options = {
  /** Whether password or second factor must have been asked for within five minutes. */
  reauthentication?: boolean;
  /** Duties that do not block this action, because it fulfils them. */
  duties?: readonly Duty[];
};

/** Concurrent answers to requests without a session. A page without JavaScript costs about 50 ms. */
const answersAtOnce = 2;

/**
 * The only way to export a server action. It checks Origin, session and role, parses strictly and then calls
 * `run`. Every action is a public POST endpoint, whatever page shows its form.
 */
export function guardedAction<Schema extends z.ZodType, Data = null>(
  role: Role,
  schema: Schema,
  run: (administrator: Administrator, input: z.output<Schema>) => Promise<FormState<Data>>,
  { reauthentication = false, duties = [] }: Options = {},
): FormAction<Data> {
  const names = namesOf(schema);
  async function answer(form: FormData): Promise<FormState<Data>> {
    const refusal = await refuseForeignOrigin();
    if (refusal) return refusal;
    const administrator = await findSignedIn();
    if (!administrator) return sendToSignIn(form, names);
    const { owes } = administrator;
    if (owes && !duties.includes(owes)) redirect(dutyPath[owes]);
    const isAllowed = hasRole(administrator, role);
    if (!isAllowed) logRefusal('role', administrator);
    const fields = readFields(form);
    if (!fields) return failed(guardMessages.tooManyFields);
    const values = typedValues(fields, names);
    if (!isAllowed) return failed(accessMessages.needsRole(role), values);
    return answerRefusals(administrator, values, async () => {
      if (reauthentication) requireReauthentication(administrator);
      const input = schema.safeParse(fields, { error: ownWords });
      if (!input.success) return invalid(fieldMessages(input.error), values);
      return run(administrator, input.data);
    });
  }
  return async (_previous, form) => noted(await answer(form));
}

/** Notes for the metrics what the form is told. */
function noted<Data>(state: FormState<Data>): FormState<Data> {
  noteOutcome(state.status === 'failed' ? 'refused' : state.status);
  return state;
}

/** The same without a session, for signing in. */
export function publicAction<Schema extends z.ZodType, Data = null>(
  schema: Schema,
  run: (input: z.output<Schema>) => Promise<FormState<Data>>,
): FormAction<Data> {
  const names = namesOf(schema);
  const turns = new Turns(answersAtOnce);
  async function answer(form: FormData): Promise<FormState<Data>> {
    const refusal = await refuseForeignOrigin();
    if (refusal) return refusal;
    const fields = readFields(form);
    if (!fields) return failed(guardMessages.tooManyFields);
    const input = schema.safeParse(fields, { error: ownWords });
    if (!input.success) return invalid(fieldMessages(input.error), shortValues(fields, names));
    return run(input.data).catch((error: unknown) => {
      if (!(error instanceof NotConfirmedError)) throw error;
      return notConfirmed(undefined, shortValues(fields, names));
    });
  }
  return async (_previous, form) => {
    const { address } = await findVisit();
    return noted((await answerInTurn(turns, address, () => answer(form))) ?? (await refuseBusy()));
  };
}

/**
 * Answers a script with a message in the form, and anything else with a redirect, because a whole page costs
 * more.
 */
async function refuseBusy(): Promise<FormState<never>> {
  if ((await headers()).get('next-action')) return failed(tooManyAtOnce);
  const url = new URL(await askedPath(), 'http://path');
  url.searchParams.set('said', 'busy');
  return redirect(url.pathname + url.search);
}

async function sendToSignIn(form: FormData, names: ReadonlySet<string>): Promise<never> {
  logRefusal('session');
  const [fields, path] = [readFields(form), await askedPath()];
  return redirect(signInPath(fields ? keepTyped(path, typedValues(fields, names)) : path));
}

/** The framework accepts an action without an Origin. Browsers always send one with a POST. */
async function refuseForeignOrigin(): Promise<FormState<never> | null> {
  if (isOwnPost({ headers: await headers() })) return null;
  logRefusal('origin');
  return failed(guardMessages.otherOrigin(settings().AUTH_URL));
}

function logRefusal(reason: 'origin' | 'session' | 'role', administrator?: Administrator) {
  log.warn('action refused', { reason, administratorId: administrator?.id });
}

function notConfirmed(administratorId: string | undefined, values: FormValues): FormState<never> {
  tellOfNotConfirmed(administratorId);
  return failed(guardMessages.notConfirmed, values);
}

/** Answers refusals from functions that touch data: with a message, or by asking to re-authenticate. */
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
    if (error instanceof NotConfirmedError) return notConfirmed(administrator.id, values);
    if (!(error instanceof ReauthenticationRequiredError)) throw error;
  }
  redirect(reauthenticationPath(asUnsent(keepTyped(await askedPath(), values))));
}
