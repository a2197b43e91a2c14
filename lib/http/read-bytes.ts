import 'server-only';

/**
 * Reads the body of a request to a route handler, because the framework sets no limit there.
 *
 * @returns null if the body is longer than `most` bytes; the rest is not read
 */
export async function readBytes({ body }: Request, most: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
