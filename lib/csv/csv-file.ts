import 'server-only';

/** Without it Excel takes UTF-8 for the code page of the machine. */
const byteOrderMark = new Uint8Array([0xef, 0xbb, 0xbf]);

/** A file that the browser saves, taken from its source as fast as the browser takes it from us. */
export async function csvFile(
  name: string,
  parts: AsyncGenerator<string | Uint8Array>,
): Promise<Response> {
  // Asked for before there is an answer, so that what fails at once is no broken file.
  const first = await parts.next();
  const encoder = new TextEncoder();
  const bytes = (part: string | Uint8Array) =>
    typeof part === 'string' ? encoder.encode(part) : part;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(byteOrderMark);
      if (first.done) controller.close();
      else controller.enqueue(bytes(first.value));
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
