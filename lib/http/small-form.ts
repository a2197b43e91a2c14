import 'server-only';

/** Bytes: filters of a list, and no more. */
const mostBytes = 16_384;

/**
 * The form that a route handler was sent; null where it is longer than a form of ours, of which no more
 * is read. The framework has no limit for these.
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
