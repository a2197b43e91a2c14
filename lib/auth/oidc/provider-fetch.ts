import 'server-only';
import { settleWithin } from '@/lib/network/deadline';
import { oidcConfiguration } from './configuration';

/** For one answer as a whole, in milliseconds. */
const longestWait = 5_000;
/** Of one answer, in bytes as they are after decompression. */
const mostRead = 1_000_000;

/** An answer that is none, with a code for the log. */
export class ProviderAnswerError extends Error {
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** Whether an address that the provider names may be used: https, or its own plain http on this machine. */
export function isProviderAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol === 'https:') return true;
  const issuer = oidcConfiguration()?.issuer;
  return url.protocol === 'http:' && issuer !== undefined && new URL(issuer).origin === url.origin;
}

/**
 * Asks the provider: never in the clear, never elsewhere by a redirect, and not for ever. The answer is
 * whole when it is returned.
 *
 * @throws where it is not whole in time, or too long
 */
export const providerFetch: typeof fetch = (input, init) => askProvider(input, init);

/** The same with other limits, for tests. */
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

/** Null where there is none: some answers may have no body, not even an empty one. */
async function readWhole({ body }: Response, most: number): Promise<Blob | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  // Left early, the loop ends the connection.
  for await (const part of body ?? []) {
    read += part.byteLength;
    if (read > most) throw new ProviderAnswerError('The provider answers too much.', 'EMSGSIZE');
    parts.push(part);
  }
  return read > 0 ? new Blob(parts) : null;
}
