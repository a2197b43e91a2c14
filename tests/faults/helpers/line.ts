import { connect } from 'node:net';

/** One keep-alive connection with one request at a time. */
export type Line = Awaited<ReturnType<typeof openLine>>;

/** A bare socket, because the work of an HTTP client would be part of every measurement. */
export async function openLine(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let failed: Error | null = null;
  let pending = '';
  let answered: ((error: Error | null) => void) | null = null;
  const settle = (error: Error | null) => {
    const tell = answered;
    answered = null;
    tell?.(error);
  };
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    const head = pending.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
    if (head >= 0 && pending.length >= head + 4 + length) settle(null);
  });
  const fail = () => {
    failed = new Error('The connection was closed.');
    settle(failed);
  };
  socket.on('error', fail);
  socket.on('close', fail);

  /** @returns milliseconds until the whole answer arrived, and its status */
  async function ask(request: Buffer): Promise<{ elapsed: number; status: string }> {
    if (failed) throw failed;
    pending = '';
    const started = performance.now();
    const error = await new Promise<Error | null>((resolve) => {
      answered = resolve;
      socket.write(request);
    });
    if (error) throw error;
    return { elapsed: performance.now() - started, status: pending.slice(9, 12) };
  }

  return { ask, close: () => socket.destroy() };
}
