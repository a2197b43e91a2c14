import 'server-only';
import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { currentTraceParent } from '@/lib/log/request-id';
import { settleWithin } from '@/lib/network/deadline';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import { judge } from './address-guard';
import { deliveryMessages } from './delivery-messages';
import type { Address, Resolve } from './find-addresses';
import { retryAfter } from './retry';

export type Outcome = {
  /** The status of the answer, if there was one. */
  status: number | null;
  /** What went wrong, in one sentence; null after a success. */
  problem: string | null;
  /** Seconds that the receiver asked us to wait. */
  askedWait?: number;
  /** A mail server refused the recipient or the mail for good. */
  bounced?: boolean;
};

type Sent = { url: string; headers: Record<string, string>; body: string };
type Options = { resolve?: Resolve; allowed?: readonly string[]; longest?: number };

/** Milliseconds for everything: name, connection, TLS and answer. */
const longestWait = 10_000;
/** Statuses with a `Retry-After` that counts. */
const overloaded = new Set([429, 503]);
/** Most bytes read of an answer. None of them are kept. */
const mostRead = 16_384;

/**
 * Posts JSON only to the addresses that were checked, and follows no redirect. Settles within `longest`
 * milliseconds, whatever the receiver does.
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
  const traceParent = currentTraceParent();
  const open = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = open(url, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': `Keydesk/${version}`,
        ...(traceParent && { traceparent: traceParent }),
      },
      // A new connection, because an address behind a kept one was checked some time ago.
      agent: false,
      lookup: onlyThese(addresses),
      signal,
    });
    outgoing.on('error', reject);
    // If none of the other events comes, only this one reports the end.
    outgoing.once('close', () => reject(new Error('closed')));
    // Status 101, although no upgrade was requested: this connection must be closed here.
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

/** Connects to the checked addresses, whatever the name resolves to by now. */
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

/** Never includes the error's message, which may contain anything. */
export function connectionProblem(error: unknown): string {
  const { code } = error as { code?: unknown };
  const word =
    typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : deliveryMessages.noReason;
  if (word === 'ECONNREFUSED') return deliveryMessages.refused;
  if (/CERT|TLS|SSL|SIGNATURE|ISSUER/.test(word)) return deliveryMessages.tls(word);
  return deliveryMessages.broken(word);
}
