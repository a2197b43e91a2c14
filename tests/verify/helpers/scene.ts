import { openDesk } from './desk';
import { type Gateway, openGateway } from './gateways';
import { stop } from './programs';
import { sendUntilClosed } from './raw';
import { openBackend, openFront, type Seen } from './servers';

type More = { first?: string; body?: string };

/** Keydesk, a service, a key, and gateways between them. */
export async function openScene() {
  const desk = await openDesk();
  const key = await desk.addKey(await desk.addUser('bob'), { scopes: ['reports:read'] });
  const backend = await openBackend();
  const front = await openFront(desk.port);
  const stops: (() => Promise<unknown>)[] = [];

  async function open(gateway: Gateway, edit?: (text: string) => string) {
    const places = { keydesk: front.port, backend: backend.port, service: desk.service.secret };
    const { child, port } = await openGateway(gateway, places, edit);
    stops.push(() => stop(child));
    return port;
  }

  /** Sends these header lines. @returns the status, and what the service and Keydesk were sent meanwhile */
  async function send(
    port: number,
    lines: string[],
    { first = 'GET /a HTTP/1.1', body }: More = {},
  ) {
    const [service, asked] = [backend.seen.length, front.seen.length];
    const ends = lines.some((line) => /^connection:/i.test(line)) ? [] : ['Connection: close'];
    const head = [first, `Host: 127.0.0.1:${port}`, ...ends, ...lines, '', body ?? ''];
    const answer = await sendUntilClosed(port, head.join('\r\n'));
    const status = Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1]);
    return { status, service: backend.seen.slice(service), asked: front.seen.slice(asked) };
  }

  async function close() {
    await Promise.all(stops.map((end) => end()));
    await Promise.all([backend.close(), front.close(), desk.close()]);
  }

  return { desk, key, backend, front, open, send, close };
}

const headersOf = ({ rawHeaders }: Seen) =>
  rawHeaders.flatMap((name, at) => (at % 2 ? [] : [[name, rawHeaders[at + 1]]])) as [
    string,
    string,
  ][];

/** All values that CGI, WSGI and PHP put into a variable, because they map other characters of names to `_`. */
export const variable = (seen: Seen | undefined, name: string) =>
  (seen ? headersOf(seen) : [])
    .filter(([header]) => header.toUpperCase().replace(/[^A-Z0-9]/g, '_') === name)
    .map(([, value]) => value);

/** The keys that somebody is sent. */
export const keysIn = (seen: Seen | undefined) =>
  (['AUTHORIZATION', 'X_API_KEY'] as const).map((name) => variable(seen, name));
