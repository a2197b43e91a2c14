// @ts-check
import { judge } from './judge.js';

/** @type {typeof import('./hono.d.ts').requireKey} */
export function requireKey(verifier, { scopes, ip = () => undefined } = {}) {
  return async (c, next) => {
    const headers = {
      authorization: c.req.header('authorization'),
      apiKey: c.req.header('x-api-key'),
    };
    const { key, refusal } = await judge(verifier, headers, { scopes, ip: ip(c) });
    if (refusal) return new Response(refusal.body, refusal);
    c.set('keydesk', key);
    await next();
  };
}
