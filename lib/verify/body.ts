import 'server-only';
import type { IncomingMessage } from 'node:http';

/** Longest body, in bytes. Twice the size of a key with fifty scopes. */
export const longestBody = 8_192;
/** A longer body is read and discarded up to this many bytes, so that the caller receives the refusal. */
const longestDiscarded = 1_048_576;

/** The connection ended before the request was complete. */
export class AbortedRequestError extends Error {}

/** @returns the body, or null as soon as it is too long; bytes that are not UTF-8 become U+FFFD */
export function readBody(request: IncomingMessage, longest = longestBody): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > longest) {
    discard(request);
    return Promise.resolve(null);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= longest) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data');
      discard(request);
      resolve(null);
    });
    request.on('end', () => {
      resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString());
    });
    request.on('error', () => reject(new AbortedRequestError()));
  });
}

function discard(request: IncomingMessage) {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > longestDiscarded) request.destroy();
  });
}
