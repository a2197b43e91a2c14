// @ts-check
import { judge } from './judge.js';

/** @type {typeof import('./express.d.ts').requireKey} */
export function requireKey(verifier, { scopes, ip = ownIp } = {}) {
  return async (request, response, next) => {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    const headers = { authorization, apiKey: [apiKey].flat().join(', ') };
    const { key, refusal } = await judge(verifier, headers, { scopes, ip: ip(request) });
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    request.keydesk = key;
    next();
  };
}

/** @param {{ ip?: string | undefined }} request */
function ownIp(request) {
  return request.ip;
}
