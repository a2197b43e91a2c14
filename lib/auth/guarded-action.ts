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
import { Turns } from '@/lib/http/turns';
import { logRefusal, notConfirmed, refuseForeignOrigin, sendToSignIn } from './action-refusals';
import { dutyPath, findSignedIn } from './current-administrator';
import { guardMessages } from './guard-messages';
import { keepTyped } from './keep-typed';
import { notedAction } from './noted-action';
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
 * The way to export a server action, beside `ownerAction` for one's own keys. It checks Origin, session and role, parses strictly and then calls
 * `run`. Every action is a public POST endpoint, whatever page shows its form.
 */
export function guardedAction<Schema extends z.ZodType, Data = null>(
  role: Role,
  schema: Schema,
  run: (administrator: Administrator, input: z.output<Schema>) => Promise<FormState<Data>>,
  { reauthentication = false, duties = [] }: Options = {},
): FormAction<Data> {
  const names = namesOf(schema);
  return notedAction(async (form) => {
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
  });
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
  return notedAction(async (form) => {
    const { address } = await findVisit();
    return (await answerInTurn(turns, address, () => answer(form))) ?? refuseBusy();
  });
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
