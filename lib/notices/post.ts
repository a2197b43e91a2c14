import 'server-only';
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { settleWithin } from '@/lib/network/deadline';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import { judge } from './address-guard';
import { deliveryMessages } from './delivery-messages';
import type { Address, Resolve } from './find-addresses';
import { retryAfter } from './retry';

export type Outcome = {
  /** What was answered. */
  status: number | null;
  /** What was wrong, in one sentence; null where nothing was. */
  problem: string | null;
  /** For how many seconds the receiver asked to be left alone. */
  askedWait?: number;
};

type Sent = { url: string; headers: Record<string, string>; body: string };
type Options = { resolve?: Resolve; allowed?: readonly string[]; longest?: number };

/** For all of it: name, connection, TLS, answer. */
const longestWait = 10_000;
/** Answers that may say when to come again. */
const overloaded = new Set([429, 503]);
/** What is read of an answer at most. Nothing of it is kept. */
const mostRead = 16_384;

/**
 * Posts JSON, to nowhere but the addresses that were judged, and follows no redirect. Settled within
 * `longest` milliseconds, whatever the receiver answers or does not.
 */
export async function post(
  sent: Sent,
  { resolve, allowed = settings().WEBHOOK_ALLOW_PRIVATE, longest = longestWait }: Options = {},
): Promise<Outcome> {
  const problem = deliveryMessages.slow(longest / 1_000);
  const tooSlow = (): Outcome => ({ status: null, problem });
  return settleWithin(
    longest,
    async (signal) => {
      const url = new URL(sent.url);
      const judged = await judge(url, allowed, resolve);
      if ('problem' in judged) return { status: null, problem: judged.problem };
      if (signal.aborted) return tooSlow();
      return send(url, judged.addresses, { ...sent, signal }).then(outcomeOf, (error: unknown) =>
        signal.aborted ? tooSlow() : { status: null, problem: connectionProblem(error) },
      );
    },
    tooSlow,
  );
}

function outcomeOf({ statusCode: status = 0, headers }: IncomingMessage): Outcome {
  const problem = statusProblem(status);
  if (!overloaded.has(status)) return { status, problem };
  return { status, problem, askedWait: retryAfter(headers['retry-after']) };
}

function send(
  url: URL,
  addresses: Address[],
  { headers, body, signal }: Sent & { signal: AbortSignal },
): Promise<IncomingMessage> {
  const open = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = open(url, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': `Keydesk/${version}`,
      },
      // A connection of its own: one that was kept was judged some time ago.
      agent: false,
      lookup: onlyThese(addresses),
      signal,
    });
    outgoing.on('error', reject);
    // Without any of the other three, it says only this.
    outgoing.once('close', () => reject(new Error('closed')));
    // 101, which nobody asked for: the connection is ours to close.
    outgoing.once('upgrade', (incoming: IncomingMessage, socket: Duplex) => {
      socket.on('error', () => undefined).destroy();
      resolve(incoming);
    });
    outgoing.once('response', (incoming: IncomingMessage) => {
      resolve(incoming);
      let read = 0;
      incoming.on('error', () => undefined);
      incoming.on('data', (part: Buffer) => {
        read += part.length;
        if (read > mostRead) incoming.destroy();
      });
    });
    outgoing.end(body);
  });
}

/** Whatever the name means by now, the connection goes where it was judged to. */
export function onlyThese(addresses: Address[]): LookupFunction {
  return (_host, options, answer) => {
    const [first] = addresses;
    if (options.all) answer(null, addresses);
    else answer(null, first?.address ?? '', first?.family);
  };
}

function statusProblem(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return deliveryMessages.redirect(status);
  return deliveryMessages.status(status);
}

/** Never the message, in which anything may stand. */
export function connectionProblem(error: unknown): string {
  const { code } = error as { code?: unknown };
  const word =
    typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : deliveryMessages.noReason;
  if (word === 'ECONNREFUSED') return deliveryMessages.refused;
  if (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(word)) return deliveryMessages.tls(word);
  return deliveryMessages.broken(word);
}
