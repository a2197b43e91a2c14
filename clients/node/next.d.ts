import type { GoodKey, Verifier } from './index.d.ts';

export type RequireKeyOptions = {
  /** The key must have all of them. */
  scopes?: readonly string[];
  /** Where the caller is. Next does not know it: read the header that your proxy sets. */
  ip?: (request: Request) => string | undefined;
};

/** A route handler that runs only with a good key, which is then `request.keydesk`. */
export function withKey<Given extends Request, Context>(
  verifier: Verifier,
  handler: (
    request: Given & { keydesk: GoodKey },
    context: Context,
  ) => Response | Promise<Response>,
  options?: RequireKeyOptions,
): (request: Given, context: Context) => Promise<Response>;

/** For `proxy.ts`: the answer to a request without a good key, or undefined if the request may go on. */
export function refuseWithoutKey(
  verifier: Verifier,
  options?: RequireKeyOptions,
): (request: Request) => Promise<Response | undefined>;
