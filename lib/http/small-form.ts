import 'server-only';
import { readBytes } from './read-bytes';

/** Bytes. Enough for the filters of a list. */
const mostBytes = 16_384;

/**
 * Reads the form sent to a route handler, because the framework sets no limit there.
 *
 * @returns null if the form is longer than any of ours; the rest is not read
 */
export async function readSmallForm(request: Request): Promise<FormData | null> {
  const body = await readBytes(request, mostBytes);
  if (body === null) return null;
  const type = request.headers.get('content-type') ?? '';
  const whole = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  return whole.formData().catch(() => new FormData());
}
