import 'server-only';
import { currentResponse } from '@/lib/log/request-id';

/** Without it Excel decodes UTF-8 as the code page of the machine. */
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);

/** The parts of a file. `ended` aborts if the rest will not come. */
export type CsvParts = AsyncGenerator<string | Uint8Array> & { ended?: AbortSignal };

/**
 * A file that the browser saves. It is read from its source as fast as the browser receives it. If it ends
 * early, the response breaks off, so that no browser takes the file for complete.
 */
export async function csvFile(name: string, parts: CsvParts): Promise<Response> {
  // Reads the first part before the response exists, so that an immediate failure gives no broken file.
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
        // A browser that has stopped reading would not see the error either.
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
