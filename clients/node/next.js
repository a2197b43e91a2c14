// @ts-check
import { judge } from './judge.js';

/** @type {typeof import('./next.d.ts').withKey} */
export function withKey(verifier, handler, options = {}) {
  const check = keyCheck(verifier, options);
  return async (request, context) => {
    const judged = await check(request);
    if (judged.refusal) return new Response(judged.refusal.body, judged.refusal);
    const known = Object.assign(request, { keydesk: judged.key });
    return handler(known, context);
  };
}

/** @type {typeof import('./next.d.ts').refuseWithoutKey} */
export function refuseWithoutKey(verifier, options = {}) {
  const check = keyCheck(verifier, options);
  return async (request) => {
    const { refusal } = await check(request);
    return refusal ? new Response(refusal.body, refusal) : undefined;
  };
}

/**
 * @param {import('./index.d.ts').Verifier} verifier
 * @param {import('./next.d.ts').RequireKeyOptions} options
 */
function keyCheck(verifier, { scopes, ip = () => undefined }) {
  /** @param {Request} request */
  return (request) => {
    const { headers } = request;
    const authorization = headers.get('authorization') ?? undefined;
    const apiKey = headers.get('x-api-key') ?? undefined;
    return judge(verifier, { authorization, apiKey }, { scopes, ip: ip(request) });
  };
}
