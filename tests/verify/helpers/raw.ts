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
