import 'server-only';
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { newRequestId, requestIdHeader } from '@/lib/log/request-id';
import { gatePath, refusal } from './gate-refusal';
import { type Answer, problem } from './problem';

/**
 * Longest head of a request, in bytes. Browsers send the cookies of everything on the host, and gateways pass
 * them on.
 */
const longestHead = 61_440;

type ParserError = NodeJS.ErrnoException & { rawPacket?: Buffer };
type Line = Duplex & { _httpMessage?: { headersSent: boolean } | null };

/**
 * Answers what Node or the framework would answer before any handler runs. A gateway turns every status
 * except 200, 401 and 403 into an error, and a connection mistaken for an upgrade stays open.
 */
export function settleServer(server: Server): void {
  Object.assign(server, { maxHeaderSize: longestHead, requireHostHeader: false });
  // Without a listener Node ignores the upgrade header (RFC 9110, 7.8). In development the framework reloads
  // pages over such a connection.
  if (process.env.NODE_ENV !== 'development') server.removeAllListeners('upgrade');
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', answerParserError);
}

function answerParserError(error: ParserError, line: Line): void {
  if (!line.writable || error.code === 'ECONNRESET' || line._httpMessage?.headersSent) {
    line.destroy();
    return;
  }
  const head = error.rawPacket?.toString('latin1', 0, 400) ?? '';
  line.end(written(gateLine.test(head) ? refusal : problemOf(error.code)));
}

const gateLine = new RegExp(`^\\S+ (?:https?://[^/ ]+)?${gatePath}/*[? ]`, 'i');

function problemOf(code: string | undefined): Answer {
  if (code === 'HPE_HEADER_OVERFLOW') return problem(431, 'The head of the request is too long.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return problem(408, 'The request took too long.');
  return problem(400, 'This is no HTTP request.');
}

function written({ status, headers, body }: Answer): string {
  const lines = Object.entries({
    ...headers,
    'Cache-Control': 'no-store',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
    [requestIdHeader]: newRequestId(),
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}

/** Written by hand, because the pattern `/+$` takes quadratic time on a path of many slashes. */
function withoutEndingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

const routed = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Turns the target into a path. An absolute target (RFC 9112, 3.2.2) loses its host. The gate also answers
 * with a trailing slash and for every method.
 */
export function settleTarget(request: IncomingMessage): void {
  const sent = request.url ?? '/';
  const bare = sent.replace(/^https?:\/\/[^/?#]*/i, '');
  const target = bare === sent || bare.startsWith('/') ? bare : `/${bare}`;
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const isGate = withoutEndingSlashes(path) === gatePath;
  request.url = (isGate ? gatePath : settledApiPath(path)) + target.slice(path.length);
  const isRouted = routed.includes(request.method ?? '');
  if (isGate && !isRouted) request.method = 'GET';
  // The framework fails on other methods. No endpoint of the API takes PUT, so all answer 405.
  else if (isApi(path) && !isRouted) request.method = 'PUT';
}

const apiPath = '/api/v1';
const isApi = (path: string) => path === apiPath || path.startsWith(`${apiPath}/`);

/**
 * One endpoint has one spelling. The framework would redirect repeated and ending slashes, also of a POST with its
 * body, and would resolve `..`. As a single name such a path leads to nothing.
 */
function settledApiPath(path: string): string {
  if (!isApi(path)) return path;
  const rest = path.slice(apiPath.length + 1);
  const isOdd = path.endsWith('/') || /\/[/\\]|\\|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
  return isOdd ? `${apiPath}/${encodeURIComponent(`/${rest}`)}` : path;
}
