import { type AddressInfo, createServer } from 'node:net';

/** As much of PostgreSQL 14's protocol as is needed to ask for the version, and whether it is in recovery. */
export async function oldPostgres(): Promise<{ url: string; close: () => void }> {
  const server = createServer((socket) => {
    let greeted = false;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      if (!greeted) {
        greeted = true;
        socket.write(Buffer.concat([message('R', int32(0)), ready]));
      } else if (data[0] === 'Q'.charCodeAt(0)) {
        socket.write(Buffer.concat([versionAnswer(), ready]));
      }
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://ada:hunter2@127.0.0.1:${port}/keydesk`,
    close: () => server.close(),
  };
}

const int32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer).swap32();
const int16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer).swap16();
const message = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};
const ready = message('Z', Buffer.from('I'));

function versionAnswer(): Buffer {
  const column = (name: string, type: number) =>
    Buffer.concat([
      ...[Buffer.from(`${name}\0`), int32(0), int16(0), int32(type)],
      ...[int16(4), int32(0), int16(0)],
    ]);
  const value = (text: string) => Buffer.concat([int32(text.length), Buffer.from(text)]);
  return Buffer.concat([
    message('T', int16(3), column('number', 23), column('version', 25), column('answer', 25)),
    message('D', int16(3), value('140002'), value('14.2'), value('false')),
    message('C', Buffer.from('SELECT 1\0')),
  ]);
}
