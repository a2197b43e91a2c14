import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (response: ServerResponse) => unknown;

/** Ways in which something that is not Keydesk, or is ill, may answer. */
export const oddAnswers: Record<string, Answer> = {
  nothing: () => undefined,
  'an answer without an end': (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"valid": true, ');
    const drip = setInterval(() => response.write(' '), 100);
    response.once('close', () => clearInterval(drip));
  },
  'a cut connection': (response) => response.destroy(),
  'a page': (response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><h1>Welcome</h1></html>'),
  'other JSON': (response) => response.writeHead(200).end('{"valid": true}'),
  'a verdict that contradicts itself': (response) =>
    response.writeHead(200).end('{"valid": true, "code": "EXPIRED", "keyId": "7", "scopes": []}'),
  null: (response) => response.writeHead(200).end('null'),
  'no service key': (response) => response.writeHead(401).end('{}'),
  'an error': (response) => response.writeHead(503).end('{}'),
  'a redirect': (response) => response.writeHead(307, { Location: '/elsewhere' }).end(),
  'too many guesses': (response) => response.writeHead(429, { 'Retry-After': '7' }).end('{}'),
};

/** Stands before Keydesk: passes everything on, or answers as it is told. */
export async function openSwitchboard(origin: string) {
  let odd: Answer | null = null;
  const server = createServer((incoming, response) => {
    if (odd) odd(response);
    else passOn(origin, incoming, response);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  async function stop() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    answerWith: (next: Answer | null) => {
      odd = next;
    },
    stop,
    start: () => listen(port),
  };
}

function passOn(origin: string, incoming: IncomingMessage, response: ServerResponse) {
  const { method, headers, url } = incoming;
  const onward = request(`${origin}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}
