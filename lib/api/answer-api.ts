import 'server-only';
import { isUnanswered } from '@/db/unanswered';
import { ForbiddenError, MissingScopeError, may } from '@/lib/access/administrator';
import { StaleError } from '@/lib/access/match';
import type { Service } from '@/lib/access/service';
import type { Answer } from '@/lib/http/problem';
import { addressHeader } from '@/lib/http/trusted-headers';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { currentRequestId } from '@/lib/log/request-id';
import { settings } from '@/lib/settings/settings';
import { UnavailableError } from '@/lib/verify/connection';
import { rateHeaders, secondsLeft } from '@/lib/verify/rate-headers';
import { apiProblem, ProblemError } from './api-problem';
import { findService } from './caller';
import type { Endpoint } from './endpoint';
import { endpointsAt } from './endpoints';
import { quoted } from './preconditions';
import { readBody } from './read-body';
import { readChecked } from './read-checked';
import { recordRefusal } from './record-refusal';
import { runInTurn } from './run-in-turn';

/** Answers every request to the management API. */
export async function answerApi(request: Request): Promise<Response> {
  const { status, headers, body } = await answer(request).catch(answerToError);
  const id = currentRequestId();
  return new Response(status === 204 || status === 304 ? null : body, {
    status,
    headers: { ...headers, 'Cache-Control': 'no-store', ...(id && { 'X-Request-Id': id }) },
  });
}

async function answer(request: Request): Promise<Answer> {
  const url = new URL(request.url);
  const found = endpointsAt(url.pathname);
  if (!found) return apiProblem('not-found', 'There is nothing here.');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const endpoint = found.byMethod.get(method);
  if (!endpoint) {
    const Allow = [...found.byMethod.keys()].join(', ');
    return apiProblem('method-not-allowed', `Use ${Allow}.`, { headers: { Allow } });
  }
  const address = request.headers.get(addressHeader) ?? 'unknown';
  const caller = await findService(request.headers, address);
  if (!caller) {
    const headers = { 'WWW-Authenticate': 'Bearer realm="Keydesk"' };
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
    const query = endpoint.query ? readChecked(endpoint.query, queryOf(url), 'query') : {};
    const body = await readBody(request, endpoint);
    const { headers } = request;
    const call = { service, id, query, body, headers, url: publicUrl(url), target };
    return await runInTurn(service.id, () => endpoint.run(call));
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
    return apiProblem('missing-scope', error.message, { requiredScope: error.scope });
  }
  return error instanceof ForbiddenError ? apiProblem('forbidden', error.message) : null;
}

function answerToError(error: unknown): Answer {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (error instanceof UnavailableError || isUnanswered(error) || isUnanswered(cause)) {
    return apiProblem('unavailable', undefined, { headers: { 'Retry-After': '1' } });
  }
  log.error('management API failed', describeError(error));
  return apiProblem('failed');
}

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
