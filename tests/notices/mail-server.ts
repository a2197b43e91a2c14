import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Mail = { to: string[]; from: string; raw: string; user: string | undefined };
/** All that arrived since the last `stopServers`. */
export const mails: Mail[] = [];
const servers: SMTPServer[] = [];

/** A real mail server that accepts all mail, except to an unknown recipient. */
export async function startServer(options: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username = '', password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('a canary of theirs')),
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('unknown')
        ? done(Object.assign(new Error('a canary of theirs'), { responseCode: 550 }))
        : done(),
    onData: (stream, { envelope, user }, done) => {
      let text = '';
      stream.on('data', (part) => (text += part));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), from, raw: text, user });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return (listening.address() as AddressInfo).port;
}

export async function stopServers(): Promise<void> {
  mails.length = 0;
  const closed = servers.splice(0).map((one) => new Promise<void>((done) => one.close(done)));
  await Promise.all(closed);
}

export const header = (mail: Mail | undefined, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(mail?.raw.split('\r\n\r\n')[0] ?? '')?.[1];
/** The text as its reader sees it. */
export const textOf = (mail: Mail | undefined) => {
  const body = mail?.raw.split('\r\n\r\n').slice(1).join('\n\n') ?? '';
  return /base64/i.test(header(mail, 'Content-Transfer-Encoding') ?? '')
    ? Buffer.from(body, 'base64').toString()
    : Buffer.from(
        body
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString();
};
