import { connect } from 'node:net';

/** Sends these header lines unchanged and returns everything received until the connection is silent. */
export function sendRaw(port: number, lines: string[] | Buffer, wait = 5_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const finish = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(wait, finish);
    socket.on('connect', () =>
      socket.write(Buffer.isBuffer(lines) ? lines : `${lines.join('\r\n')}\r\n\r\n`),
    );
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      const length = Number(/^content-length: (\d+)/im.exec(answer)?.[1] ?? 0);
      if (head >= 0 && answer.length >= head + 4 + length) finish();
    });
    socket.on('close', finish);
    socket.on('error', (error) => (answer ? finish() : reject(error)));
  });
}

/** Sends this text unchanged and returns everything received until the other end closes the connection. */
export function sendUntilClosed(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.setTimeout(10_000, () => socket.destroy(new Error(`Still open after: ${answer}`)));
    socket.on('close', () => resolve(answer));
    // A server that refuses a body may reset the connection after its answer.
    socket.on('error', (error) => (answer ? resolve(answer) : reject(error)));
  });
}
