import type { IncomingHttpHeaders } from 'node:http';
import type { GoodKey, Verifier } from './index.d.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireKey`. */
    keydesk?: GoodKey;
  }
}

/** As much of a request and a reply of Fastify as is used here. */
type Request = { headers: IncomingHttpHeaders; ip: string; keydesk?: GoodKey };
type Reply = {
  code(status: number): Reply;
  headers(headers: Record<string, string>): Reply;
  send(body: string): Reply;
};

export type RequireKeyOptions = {
  /** The key must have all of them. */
  scopes?: readonly string[];
  /** Where the caller is; `request.ip` unless set, so set Fastify's `trustProxy` behind a proxy. */
  ip?: (request: Request) => string | undefined;
};

/** A hook, best `onRequest`, that lets a request pass only with a good key, and sets `request.keydesk`. */
export function requireKey(
  verifier: Verifier,
  options?: RequireKeyOptions,
): (request: Request, reply: Reply) => Promise<unknown>;
