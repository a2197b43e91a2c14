import 'server-only';
import { z } from 'zod';
import { NotConfirmedError } from '@/db/confirmation';
import { isUnanswered } from '@/db/unanswered';
import { ForbiddenError, MissingScopeError, may } from '@/lib/access/administrator';
import { StaleError } from '@/lib/access/match';
import type { Service } from '@/lib/access/service';
import { tellOfNotConfirmed } from '@/lib/http/not-confirmed';
import type { Answer } from '@/lib/http/problem';
import { addressHeader } from '@/lib/http/trusted-headers';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { settings } from '@/lib/settings/settings';
import { UnavailableError } from '@/lib/verify/connection';
import { rateHeaders, secondsLeft } from '@/lib/verify/rate-headers';
import { apiProblem, ProblemError } from './api-problem';
import { findService } from './caller';
import { challenge } from './challenge';
import type { Endpoint } from './endpoint';
import { endpointsAt } from './endpoints';
import { allowing, methodNotAllowed } from './other-methods';
import { quoted } from './preconditions';
import { readBody } from './read-body';
import { readChecked } from './read-checked';
import { recordRefusal } from './record-refusal';
import { respond } from './respond';
import { runInTurn } from './run-in-turn';

/** Answers every request to the management API. */
export async function answerApi(request: Request): Promise<Response> {
  return respond(await answer(request).catch(answerToError));
}

async function answer(request: Request): Promise<Answer> {
  const url = new URL(request.url);
  const found = endpointsAt(url.pathname);
  if (!found) return apiProblem('not-found', 'There is nothing here.');
  if (request.method === 'OPTIONS') return allowing(found.allow);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const endpoint = found.byMethod.get(method);
  if (!endpoint) return methodNotAllowed(found.allow);
  const address = request.headers.get(addressHeader) ?? 'unknown';
  const caller = await findService(request.headers, address);
  if (!caller) {
    const isPresented = request.headers.has('authorization');
    const headers = challenge(isPresented ? { error: 'invalid_token' } : {});
    return apiProblem('unauthorized', undefined, { headers });
  }
  const { service, rate } = caller;
  const limits = rateHeaders(rate);
  if (!rate.allowed) {
    const headers = { ...limits, 'Retry-After': String(secondsLeft(rate)) };
    return apiProblem('rate-limited', undefined, { headers });
  }
  const given = await answerAs(service, endpoint, { request, url, id: found.id });
  return { ...given, headers: { ...limits, ...given.headers } };
}

type Asked = { request: Request; url: URL; id: string };

/** The answer to a known caller. The audit keeps what they may not do. */
async function answerAs(
  service: Service,
  endpoint: Endpoint,
  { request, url, id }: Asked,
): Promise<Answer> {
  const { pathname } = url;
  const target = `${endpoint.method} ${pathname}`;
  try {
    if (!may(service, { role: service.role, scope: endpoint.scope })) {
      throw new MissingScopeError(endpoint.scope);
    }
    const query = readChecked(endpoint.query ?? noQuery, queryOf(url), 'query');
    const body = await readBody(request, endpoint);
    const { headers } = request;
    const call = { service, id, query, body, headers, url: publicUrl(url), target };
    const { finish, ...given } = await runInTurn(service.id, () => endpoint.run(call));
    return finish ? await finish() : given;
  } catch (error) {
    const refusal = answerToRefusal(error);
    if (!refusal) throw error;
    if (refusal.status === 403) await recordRefusal(service, target, refusal);
    return refusal;
  }
}

/** Null for an error that is no refusal. */
function answerToRefusal(error: unknown): Answer | null {
  if (error instanceof ProblemError) return error.answer;
  if (error instanceof StaleError) {
    return apiProblem('stale', undefined, { headers: { ETag: quoted(error.tag) } });
  }
  if (error instanceof MissingScopeError) {
    const headers = challenge({ error: 'insufficient_scope', scope: error.scope });
    return apiProblem('missing-scope', error.message, { requiredScope: error.scope, headers });
  }
  return error instanceof ForbiddenError ? apiProblem('forbidden', error.message) : null;
}

function answerToError(error: unknown): Answer {
  if (error instanceof NotConfirmedError) {
    tellOfNotConfirmed();
    return apiProblem('not-confirmed', undefined, { headers: { 'Retry-After': '8' } });
  }
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (error instanceof UnavailableError || isUnanswered(error) || isUnanswered(cause)) {
    return apiProblem('unavailable', undefined, { headers: { 'Retry-After': '1' } });
  }
  log.error('management API failed', describeError(error));
  return apiProblem('failed');
}

/** Endpoints without parameters refuse all, so that nobody takes `?dry-run=1` for granted. */
const noQuery = z.strictObject({});

/** The address as callers know it, for links. */
const publicUrl = ({ pathname, search }: URL) => new URL(pathname + search, settings().AUTH_URL);

/** A parameter that is sent twice is refused, because either value could be the one that was meant. */
function queryOf({ searchParams }: URL): Record<string, string> {
  const names = [...searchParams.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) {
    throw new ProblemError('malformed', `Send the parameter ${repeated.slice(0, 64)} once.`);
  }
  return Object.fromEntries(searchParams);
}
