import 'server-only';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { sourceOf } from '@/lib/network/address';
import { endTurnWith } from './turn-of-answer';
import { Turns } from './turns';

/** Answers worked on at once: a page costs some 50 ms of the one thread that all pages have. */
const answersAtOnce = 2;
/** Bytes: less than Node holds ready of a body that nobody reads yet. */
const mostBytes = 16_000;
/** For a body to arrive, in milliseconds. */
const longestBody = 5_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Lets requests for the sign-in pages reach the framework a few at a time: whoever is not signed in must
 * not take the time of those who are. A form has to be here as a whole before it takes a place.
 */
export function queueSignIns(
  server: Server,
  addressOf: (request: IncomingMessage) => string,
): void {
  const handlers = server.listeners('request') as Handler[];
  const pass: Handler = (request, response) => {
    for (const handler of handlers) handler.call(server, request, response);
  };
  // Apart, for the framework asks itself for a page while it answers a form.
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

/** Looks again and again: whoever listened for its parts would take them away from the framework. */
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
