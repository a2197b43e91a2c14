import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that sends anything at all. `talk` gets each connection. */
export async function startRawServer(talk: (socket: Socket) => unknown) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
    talk(socket);
    // Read the socket, so that a silent server also notices the end of the connection.
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    /** Connections that have not ended. */
    open,
    stop: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

export type RawServer = Awaited<ReturnType<typeof startRawServer>>;

/** Sends `first` and then the text again and again, until the connection ends. */
export function repeat(socket: Socket, text: string, { first = '', every = 5 } = {}): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(text), every);
  socket.once('close', () => clearInterval(timer));
}

/** The same, one character at a time. */
export function trickle(socket: Socket, text: string, { first = '' } = {}): void {
  socket.write(first);
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), 5);
  socket.once('close', () => clearInterval(timer));
}
