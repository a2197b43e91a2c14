import 'server-only';

/** Bytes. Enough for the filters of a list. */
const mostBytes = 16_384;

/**
 * Reads the form sent to a route handler, because the framework sets no limit there.
 *
 * @returns null if the form is longer than any of ours; the rest is not read
 */
export async function readSmallForm(request: Request): Promise<FormData | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  const type = request.headers.get('content-type') ?? '';
  const whole = new Response(Buffer.concat(parts), { headers: { 'content-type': type } });
  return whole.formData().catch(() => new FormData());
}
