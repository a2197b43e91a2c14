import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { holdsWholeKey } from '@/lib/forms/whole-key';
import { verifySettings } from '@/lib/settings/settings';
import { traceIdOf } from './trace-parent';

/** What a request is called in its answer and in lines of the log. */
export type RequestName = { requestId: string; traceId: string | undefined };

type Current = RequestName & {
  /** The `traceparent` as it arrived, if it is valid. */
  traceParent: string | undefined;
  response: ServerResponse;
  outcome?: string;
};

export const requestIdHeader = 'X-Request-Id';

/** Pages and `instrumentation.ts` are bundled separately, but share the current request. */
const shared = globalThis as typeof globalThis & {
  keydeskRequests?: AsyncLocalStorage<Current>;
};

const requests = () => {
  shared.keydeskRequests ??= new AsyncLocalStorage();
  return shared.keydeskRequests;
};

/** The bundles name the same request alike. */
const nameOf = Symbol.for('keydesk request name');
type Named = IncomingMessage & { [nameOf]?: RequestName };

/** The name of this request: the id that a trusted proxy gave it, or else a new one. */
export function nameRequest(request: Named): RequestName {
  request[nameOf] ??= {
    requestId: toldId(request) ?? newRequestId(),
    traceId: traceIdOf(request.headers.traceparent),
  };
  return request[nameOf];
}

/** As proxies make them: digits and letters in groups. Nothing that could be a key reaches the log. */
const proxyId = /^[0-9A-Za-z][0-9A-Za-z._:-]{7,63}$/;

/** Only what a trusted proxy sends counts, because a client could give many requests one id. */
function toldId({ headers }: IncomingMessage): string | undefined {
  if (verifySettings().TRUSTED_PROXIES === 0) return undefined;
  const told = headers['x-request-id'];
  if (typeof told !== 'string' || !proxyId.test(told) || holdsWholeKey(told)) return undefined;
  return told;
}

const random = randomBytes(12);
const prefix = random.toString('hex', 0, 4);
/** Odd, so that no id comes again within 2^32 requests. Random, so that ids do not tell how many there were. */
const step = random.readUInt32LE(4) | 1;
let last = random.readUInt32LE(8);
/** Each byte in hex, because `toString(16)` takes three times as long. */
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A new id, made without the cost of a random one, because each verification needs one. */
export function newRequestId(): string {
  last = (last + step) >>> 0;
  return `${prefix}${hex[last >>> 24]}${hex[(last >>> 16) & 255]}${hex[(last >>> 8) & 255]}${hex[last & 255]}`;
}

/** Starts the context of this request, in which lines of the log name it. */
export function beginRequest(request: IncomingMessage, response: ServerResponse): Current {
  const { requestId, traceId } = nameRequest(request);
  const traceParent = traceId && String(request.headers.traceparent);
  const current: Current = { requestId, traceId, traceParent, response };
  requests().enterWith(current);
  return current;
}

const currentRequest = (): Current | undefined => shared.keydeskRequests?.getStore();

export function currentRequestId(): string | undefined {
  return currentRequest()?.requestId;
}

export function currentTraceId(): string | undefined {
  return currentRequest()?.traceId;
}

/** For requests that this one causes elsewhere (W3C Trace Context), as it arrived: Keydesk records no spans. */
export function currentTraceParent(): string | undefined {
  return currentRequest()?.traceParent;
}

/** The response to this request; undefined outside a request. */
export function currentResponse(): ServerResponse | undefined {
  return currentRequest()?.response;
}

/** Notes what became of this request, for the metrics, where its status does not tell. The first note counts. */
export function noteOutcome(outcome: string): void {
  const current = currentRequest();
  if (current) current.outcome ??= outcome;
}
