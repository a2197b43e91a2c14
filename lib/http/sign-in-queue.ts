import 'server-only';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { sourceOf } from '@/lib/network/address';
import { endTurnWith } from './turn-of-answer';
import { Turns } from './turns';

/** Requests answered at once. A page takes about 50 ms of the one thread that renders all pages. */
const answersAtOnce = 2;
/** Longest form in bytes. Node buffers more than this of a body that nobody reads yet. */
const mostBytes = 16_000;
/** Milliseconds for a body to arrive. */
const longestBody = 5_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Lets only a few requests at a time reach the sign-in pages, so that callers without a session do not slow
 * down administrators who are signed in. A form must arrive completely before it takes a turn.
 */
export function queueSignIns(
  server: Server,
  addressOf: (request: IncomingMessage) => string,
): void {
  const handlers = server.listeners('request') as Handler[];
  const pass: Handler = (request, response) => {
    for (const handler of handlers) handler.call(server, request, response);
  };
  // Two queues, because the framework requests a page from itself while it answers a form.
  const queues = { forms: new Turns(answersAtOnce), pages: new Turns(answersAtOnce) };
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!/^\/login(?![\w-])/.test(request.url ?? '')) return pass(request, response);
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    const turns = isPage ? queues.pages : queues.forms;
    void answer(request, response, { turns, source: sourceOf(addressOf(request)), pass });
  });
}

type Way = { turns: Turns; source: string; pass: Handler };

async function answer(request: IncomingMessage, response: ServerResponse, way: Way) {
  if (Number(request.headers['content-length']) > mostBytes) {
    return refuse(response, 413, 'This form is larger than 16 KB. Go back and send less.');
  }
  if (!(await isWhole(request))) return refuse(response, 408, 'The form took too long to arrive.');
  if (!(await way.turns.take(way.source))) {
    response.setHeader('Retry-After', '2');
    return refuse(
      response,
      503,
      'Too many people are signing in right now. Try again in a moment.',
    );
  }
  if (response.closed) return way.turns.end();
  endTurnWith(way.turns, response);
  way.pass(request, response);
}

/** Polls, because a listener for the body's parts would take them away from the framework. */
async function isWhole(request: IncomingMessage): Promise<boolean> {
  const until = performance.now() + longestBody;
  while (!request.complete && !request.destroyed && performance.now() < until) await wait(10);
  return request.complete;
}

function refuse(response: ServerResponse, status: number, problem: string): void {
  if (response.closed) return;
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(problem);
}
