import 'server-only';
import type { z } from 'zod';
import { closeAfterAnswer } from '@/lib/http/close-after-answer';
import { ProblemError } from './api-problem';
import type { Endpoint } from './endpoint';
import { readChecked } from './read-checked';

/** Longest body, in bytes. A key with all its limits and metadata has some 12 KB. */
export const longestBody = 65_536;

/**
 * The body of a request as its endpoint wants it.
 *
 * @throws ProblemError for another media type, a body that is too long or no JSON, or a refused value
 */
export async function readBody(request: Request, endpoint: Endpoint): Promise<unknown> {
  if (!endpoint.body) return undefined;
  requireNoCoding(request);
  const text = await readText(request, endpoint.longestBody ?? longestBody);
  if (text === '' && endpoint.bodyOptional) return readChecked(endpoint.body, {});
  requireMediaType(request, endpoint.mediaType ?? 'application/json');
  return readChecked(endpoint.body as z.ZodType, parseJson(text));
}

function requireMediaType(request: Request, wanted: string) {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').split(';');
  const charset = parameters.map((one) => /^\s*charset="?([^"]*)"?\s*$/i.exec(one)?.[1]);
  const isUtf8 = charset.every((name) => name === undefined || /^utf-?8$/i.test(name));
  if (type.trim().toLowerCase() === wanted && isUtf8) return;
  const name = wanted.includes('patch') ? 'Accept-Patch' : 'Accept';
  throw new ProblemError('media-type', `Send ${wanted}.`, { headers: { [name]: wanted } });
}

/** A packed body of 64 KB could unpack to any length. */
function requireNoCoding({ headers }: Request) {
  const coding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return;
  const detail = 'Send the body as it is, without Content-Encoding.';
  throw new ProblemError('media-type', detail, { headers: { 'Accept-Encoding': 'identity' } });
}

async function readText({ body, headers }: Request, longest: number): Promise<string> {
  const tooLarge = () => {
    closeAfterAnswer();
    const detail = `The body may have ${longest.toLocaleString('en')} bytes.`;
    return new ProblemError('too-large', detail);
  };
  if (Number(headers.get('content-length') ?? 0) > longest) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > longest) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ProblemError('malformed', 'The body is not UTF-8.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('malformed', 'The body is not JSON.');
  }
}
