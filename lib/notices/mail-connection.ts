import 'server-only';
import { connect, type Socket } from 'node:net';
import { findAddresses } from './find-addresses';
import { onlyThese } from './post';

/** Longest wait for the connection alone, in milliseconds. */
const longestWait = 10_000;

/**
 * Opens a connection to the mail server that closes when the signal aborts. The mail package would keep it
 * open as long as the server sends anything.
 */
export async function connectTo(
  { host, port }: { host: string; port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const addresses = await findAddresses(host);
  signal.throwIfAborted();
  const socket = connect({ host, port, keepAlive: true, lookup: onlyThese(addresses) });
  signal.addEventListener('abort', () => socket.destroy(timeout()), { once: true });
  socket.setTimeout(longestWait, () => socket.destroy(timeout()));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('close', () => reject(timeout()));
    socket.once('connect', () => {
      socket.setTimeout(0).removeAllListeners('timeout');
      resolve(socket);
    });
  });
}

const timeout = () => Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
