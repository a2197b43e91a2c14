import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { GoodKey, Verifier } from './index.d.ts';

declare global {
  namespace Express {
    interface Request {
      /** Set by `requireKey`. */
      keydesk?: GoodKey;
    }
  }
}

/** As much of a request of Express as is used here. */
type ExpressRequest = {
  headers: IncomingHttpHeaders;
  ip?: string | undefined;
  keydesk?: GoodKey;
};

export type RequireKeyOptions = {
  /** The key must have all of them. */
  scopes?: readonly string[];
  /** Where the caller is; `request.ip` unless set, so set Express's `trust proxy` behind a proxy. */
  ip?: (request: ExpressRequest) => string | undefined;
};

/** Lets a request pass only with a good key, and sets `request.keydesk`. */
export function requireKey(
  verifier: Verifier,
  options?: RequireKeyOptions,
): (request: ExpressRequest, response: ServerResponse, next: () => void) => Promise<void>;
