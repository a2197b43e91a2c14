import type { GoodKey, Verifier } from './index.d.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Set by `requireKey`. */
    keydesk: GoodKey;
  }
}

/** As much of a context of Hono as is used here. */
type Context = {
  req: { header(name: string): string | undefined; raw: Request };
  set(name: 'keydesk', key: GoodKey): void;
};

export type RequireKeyOptions<Given extends Context = Context> = {
  /** The key must have all of them. */
  scopes?: readonly string[];
  /** Where the caller is. Hono does not know it on its own: use `getConnInfo` of your runtime. */
  ip?: (c: Given) => string | undefined;
};

/** Lets a request pass only with a good key, which is then `c.get('keydesk')`. */
export function requireKey<Given extends Context = Context>(
  verifier: Verifier,
  options?: RequireKeyOptions<Given>,
): (c: Given, next: () => Promise<void>) => Promise<Response | undefined>;
