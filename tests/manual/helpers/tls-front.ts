import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { requireProgram } from '../../helpers/require-program';

/** TLS before a port of this machine, under the name localhost, with a certificate that is made for it. */
export async function openTlsFront(port: number) {
  requireProgram('openssl');
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-tls-'));
  const [certificate, key] = [join(folder, 'front.pem'), join(folder, 'front.key')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
  ];
  const subject = [
    '-days',
    '1',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
  ];
  execFileSync('openssl', [...made, ...subject], { stdio: 'pipe' });
  const options = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = createServer(options, (socket) => {
    const onward = connect(port, '127.0.0.1');
    for (const one of [socket, onward]) one.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const stop = () => {
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, certificate, stop };
}
