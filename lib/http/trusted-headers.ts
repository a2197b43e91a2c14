import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import {
  Server as HttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { beginRequest, requestIdHeader } from '@/lib/log/request-id';
import { canonicalAddress } from '@/lib/network/address';
import { settings, verifySettings } from '@/lib/settings/settings';
import { leadToCompressed } from './compressed-files';
import { countRequest } from './count-requests';
import { isPublicHost, publicOrigins } from './public-origin';
import { guardResponse } from './response-headers';
import { refuseWhileRestored } from './restored-page';
import { settleServer, settleTarget } from './server-edges';
import { queueSignIns } from './sign-in-queue';
import { admitUnavailable, noteUnanswered } from './unavailable';

/** {@link sanitize} writes these on every request, whatever the client sent under these names. */
export const addressHeader = 'x-keydesk-address';
export const pathHeader = 'x-keydesk-path';

/**
 * Headers that the framework trusts, or once trusted, and that only we may set. `x-forwarded-*` is read only
 * here, through the trusted proxies.
 */
const untrusted = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-middleware-subrequest',
  'x-action-forwarded',
  'content-security-policy',
];

/**
 * How long a request may take to arrive, in milliseconds. Node's default of five minutes is too short for a
 * long file over a slow connection. Equals the longest transfer, and transfers also require a least rate.
 */
const longestArrival = 3_600_000;

/** Every server of the framework, to be drained. */
export const servers = new Set<Server>();

/** Servers without the framework. They read the headers as they arrive. */
const own = new WeakSet<Server>();

/** Leaves the headers of this server's requests unchanged. */
export function leaveUnsanitized(server: Server): void {
  own.add(server);
}

type Arrival = { request: IncomingMessage; response: ServerResponse; server: Server };

/**
 * Replaces headers that a client could forge, before any HTTP server of the process reads them. The new
 * values come from the socket and the settings. Node publishes on this channel before the server's own
 * handlers run, so the framework never sees the forged ones.
 */
export function sanitizeRequests(): void {
  const lead = leadToCompressed();
  noteUnanswered();
  subscribe('net.server.socket', (message) => {
    const { server } = (message as { socket: { server?: unknown } }).socket;
    if (server instanceof HttpServer) takeOver(server);
  });
  subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as Arrival;
    if (own.has(server)) return;
    // Its connection may be older than the subscription above.
    takeOver(server);
    const current = beginRequest(request, response);
    response.setHeader(requestIdHeader, current.requestId);
    guardResponse(response, request.url ?? '/');
    admitUnavailable(request, response);
    sanitize(request);
    countRequest(request, response, current);
    lead(request, response);
  });
}

function takeOver(server: Server) {
  if (own.has(server) || servers.has(server)) return;
  servers.add(server);
  settleServer(server);
  server.requestTimeout = longestArrival;
  queueSignIns(server, (request) => String(request.headers[addressHeader]));
  refuseWhileRestored(server);
}

/** Rewrites the headers of one request. See {@link sanitizeRequests}. */
export function sanitize(request: IncomingMessage): void {
  const { headers } = request;
  const address = clientAddress(request);
  const toldHost = String(headers['x-forwarded-host'] ?? '');
  settleTarget(request);
  request.url = legible(request.url ?? '/');
  for (const name of untrusted) delete headers[name];
  headers[addressHeader] = address;
  // A proxy that uses another name for us passes on the public host that the browser asked for.
  if (isPublicHost(toldHost)) headers.host = toldHost;
  headers.host ??= new URL(settings().AUTH_URL).host;
  headers[pathHeader] = request.url;
  headers['x-forwarded-for'] = address;
  // Node silently keeps the first of several headers. Joined, several credentials count as none.
  const credentials = valuesOf(request, 'authorization');
  if (credentials.length > 1) headers.authorization = credentials.join(', ');
  const origin = publicOrigins().find((known) => known === headers.origin) ?? settings().AUTH_URL;
  if (headers.origin !== undefined) {
    headers['x-forwarded-host'] = isSameHost(headers) ? headers.host : new URL(origin).host;
  }
  headers['x-forwarded-proto'] = new URL(origin).protocol.slice(0, -1);
}

/**
 * Whether a page from this same host sent the request. If the host is not a public one, the framework must
 * not refuse with an error page before an action can name the right address.
 */
function isSameHost({ origin = '', host }: IncomingMessage['headers']): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** The framework answers invalid percent-encoding with a bare 500. Read literally, the path is a 404. */
function legible(url: string): string {
  try {
    decodeURIComponent(url);
    return url;
  } catch {
    return url.replaceAll('%', '%25');
  }
}

function valuesOf({ rawHeaders }: IncomingMessage, name: string): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

/**
 * The address that the request came from, in canonical spelling. Each trusted proxy appends the address it
 * saw to `X-Forwarded-For`. Entries further left come from the client and are ignored. If the entry is no
 * address, the other end of the connection counts.
 */
export function clientAddress(request: IncomingMessage): string {
  const hops = verifySettings().TRUSTED_PROXIES;
  if (hops === 0) return peerAddress(request);
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const seen = forwarded.split(',');
  const believed = seen.at(-hops) ?? seen[0] ?? '';
  return canonicalAddress(believed) ?? peerAddress(request);
}

/** The other end of the connection: a client, or the nearest proxy. */
export function peerAddress({ socket }: IncomingMessage): string {
  return canonicalAddress(socket.remoteAddress ?? '') ?? 'unknown';
}
