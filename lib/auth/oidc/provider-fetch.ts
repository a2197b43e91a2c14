import 'server-only';
import { settleWithin } from '@/lib/network/deadline';
import { oidcConfiguration } from './configuration';

/** Milliseconds for one whole answer. */
const longestWait = 5_000;
/** Most bytes of one answer after decompression. */
const mostRead = 1_000_000;

/** An invalid answer, with a code for the log. */
export class ProviderAnswerError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/**
 * Whether an address named by the provider may be used: https, or the configured plain http on this machine.
 */
export function isProviderAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol === 'https:') return true;
  const issuer = oidcConfiguration()?.issuer;
  return url.protocol === 'http:' && issuer !== undefined && new URL(issuer).origin === url.origin;
}

/**
 * Sends a request to the provider over https, without following redirects, and within a time limit. The
 * answer is complete when this returns.
 *
 * @throws if the answer is late or too long
 */
export const providerFetch: typeof fetch = (input, init) => askProvider(input, init);

/** The same with limits that tests can set. */
export async function askProvider(
  input: RequestInfo | URL,
  init?: RequestInit,
  { longest = longestWait, most = mostRead } = {},
): Promise<Response> {
  const address = input instanceof Request ? input.url : String(input);
  if (!isProviderAddress(address)) throw new Error('The provider names an address without https.');
  return settleWithin(
    longest,
    async (signal) => {
      const answer = await fetch(input, { ...init, redirect: 'manual', cache: 'no-store', signal });
      const { status, headers } = answer;
      return new Response(await readWhole(answer, most), { status, headers });
    },
    () => {
      throw new ProviderAnswerError('The provider did not answer in time.', 'ETIMEDOUT');
    },
  );
}

/** Null for an empty body, because some statuses allow no body at all. */
async function readWhole({ body }: Response, most: number): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  // Leaving this loop early closes the connection.
  for await (const part of body ?? []) {
    read += part.byteLength;
    if (read > most) throw new ProviderAnswerError('The provider answers too much.', 'EMSGSIZE');
    parts.push(part);
  }
  return read > 0 ? new Blob(parts) : null;
}
