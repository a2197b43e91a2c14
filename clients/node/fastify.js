// @ts-check
import { judge } from './judge.js';

/** @type {typeof import('./fastify.d.ts').requireKey} */
export function requireKey(verifier, { scopes, ip = ownIp } = {}) {
  return async (request, reply) => {
    const { authorization, 'x-api-key': apiKey } = request.headers;
    const headers = { authorization, apiKey: [apiKey].flat().join(', ') };
    const { key, refusal } = await judge(verifier, headers, { scopes, ip: ip(request) });
    if (refusal) return reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
    request.keydesk = key;
  };
}

/** @param {{ ip?: string | undefined }} request */
function ownIp(request) {
  return request.ip;
}
