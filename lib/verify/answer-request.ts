import 'server-only';
import { type Answer, problem, withRequestId } from '@/lib/http/problem';
import { addressHeader } from '@/lib/http/trusted-headers';
import { currentRequestId } from '@/lib/log/request-id';
import { longestBody } from './body';
import { answerGate } from './gate-endpoint';
import { answerHealth, answerReady } from './health';
import { answerIntrospect } from './introspect-endpoint';
import { answerRevoke } from './revoke-endpoint';
import { answerMetadata } from './server-metadata';
import { type Verification, verification } from './verification';
import { answerVerify } from './verify-endpoint';
import { answerToFailure, type VerifyRequest } from './verify-request';

const endpoints = {
  verify: answerVerify,
  introspect: answerIntrospect,
  revoke: answerRevoke,
  gate: answerGate,
  healthz: answerHealth,
  readyz: answerReady,
  metadata: answerMetadata,
} satisfies Record<
  string,
  (context: Verification, request: VerifyRequest) => Answer | Promise<Answer>
>;

/** The endpoints of the verify listener as route handlers, for installations with one port. */
export async function answerRequest(
  request: Request,
  name: keyof typeof endpoints,
): Promise<Response> {
  const given = await answer(request, name);
  const id = currentRequestId();
  const { status, headers, body } = id && name !== 'gate' ? withRequestId(given, id) : given;
  return new Response(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}

async function answer(request: Request, name: keyof typeof endpoints): Promise<Answer> {
  const since = performance.now();
  try {
    const body = request.method === 'POST' && name !== 'gate' ? await readText(request) : '';
    if (body === null) return problem(413, 'The body may have 8,192 bytes.');
    const address = request.headers.get(addressHeader) ?? 'unknown';
    return await endpoints[name](verification(), {
      headers: Object.fromEntries(request.headers),
      query: new URL(request.url).search.slice(1),
      body,
      address,
      peer: address,
      since,
    });
  } catch (error) {
    return answerToFailure(error);
  }
}

async function readText({ body }: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
