import 'server-only';
import type { IncomingMessage } from 'node:http';

/** Longest body, in bytes. A key and fifty scopes fit twice. */
export const longestBody = 8_192;
/** A longer body is read to its end and thrown away, so that the refusal arrives; up to here. */
const longestDiscarded = 1_048_576;

/** The caller hung up, or was hung up on, before the request was whole. */
export class AbortedRequestError extends Error {}

/** @returns the body, or null as soon as it is too long; what cannot be UTF-8 becomes U+FFFD */
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
