import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that tests can close at once. */
async function open(answer: (asked: IncomingMessage, response: ServerResponse) => void) {
  const server: Server = createServer({ joinDuplicateHeaders: true }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, close };
}

export type Seen = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'url' | 'method'>;

const seenIn = ({ headers, rawHeaders, url, method }: IncomingMessage): Seen => ({
  ...{ headers, rawHeaders, url, method },
});

/** The service behind a gateway. It answers with the headers that it received. */
export async function openBackend() {
  const seen: Seen[] = [];
  const server = await open((asked, response) => {
    seen.push(seenIn(asked));
    // Read to the end, because a gateway that is still sending takes an early answer for a broken connection.
    asked.resume();
    asked.once('end', () => response.end(JSON.stringify(asked.headers)));
  });
  return { ...server, seen };
}

export type Behaviour = (asked: IncomingMessage, response: ServerResponse) => void;

/** A server before Keydesk. It sees each question, and answers instead of Keydesk if a test says so. */
export async function openFront(keydesk: number) {
  const seen: Seen[] = [];
  let behaviour: Behaviour | null = null;
  const server = await open((asked, response) => {
    seen.push(seenIn(asked));
    if (behaviour) behaviour(asked, response);
    else passOn(keydesk, asked, response);
  });
  const behave = (next: Behaviour | null) => {
    behaviour = next;
  };
  return { ...server, seen, behave };
}

function passOn(port: number, asked: IncomingMessage, response: ServerResponse) {
  const { method, url: path, rawHeaders } = asked;
  // Node.js announces no trailer without a body, and Keydesk reads none.
  const kept = rawHeaders.filter((_, at) => !/^trailer$/i.test(rawHeaders[at - (at % 2)] ?? ''));
  const headers = kept as unknown as Record<string, string>;
  const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
    answer.pipe(response);
  });
  asked.pipe(forwarded);
}
