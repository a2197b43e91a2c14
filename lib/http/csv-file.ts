import 'server-only';
import { currentResponse } from '@/lib/log/request-id';

/** Without it Excel takes UTF-8 for the code page of the machine. */
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);

/** What a file is made of. `ended`: aborted where the rest will not come. */
export type CsvParts = AsyncGenerator<string | Uint8Array> & { ended?: AbortSignal };

/**
 * A file that the browser saves, taken from its source as fast as the browser takes it from us. What is
 * ended on the way breaks off, so that no browser takes it for whole.
 */
export async function csvFile(name: string, parts: CsvParts): Promise<Response> {
  // Asked for before there is an answer, so that what fails at once is no broken file.
  const first = await parts.next();
  const encoder = new TextEncoder();
  const bytes = (part: string | Uint8Array) =>
    typeof part === 'string' ? encoder.encode(part) : part;
  const response = currentResponse();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(byteOrderMark);
      if (first.done) controller.close();
      else controller.enqueue(bytes(first.value));
      parts.ended?.addEventListener('abort', () => {
        controller.error(parts.ended?.reason);
        // Who takes nothing would not see the error either.
        response?.destroy();
        void parts.return(undefined).catch(() => undefined);
      });
    },
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(bytes(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${name}-${day}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
