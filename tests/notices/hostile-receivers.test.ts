import type { Socket } from 'node:net';
import { sendMail } from '@/lib/notices/mail';
import { letter } from '@/lib/notices/mail-text';
import { post } from '@/lib/notices/post';
import { type RawServer, repeat, startRawServer, trickle } from '../helpers/raw-server';
import { useSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';

useSettings({ DATABASE_URL: 'postgresql://nobody@localhost/nothing' });

let server: RawServer | undefined;
afterEach(() => server?.stop());

const longest = 250;
const late = { status: null, problem: 'No answer within 0.25 seconds.' };
const once = (text: string) => (socket: Socket) => socket.write(text);
const silent = () => undefined;
const upgraded =
  'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

const ok = 'HTTP/1.1 200 OK\r\n';
const longBody = `${ok}Content-Length: 9000\r\n\r\n`;
const handshake = '\x16\x03\x03\x3f\xff'.padEnd(9_000, '\x02');
const closed = { status: null, problem: expect.stringMatching(/^The connection failed/) };

type Case = { what: string; talk: (socket: Socket) => unknown; outcome: object; scheme?: 'https' };

/** Every case ends in time, with the connection closed. */
test.each<Case>([
  {
    what: 'switches protocols',
    talk: once(upgraded),
    outcome: { status: 101, problem: 'It answered 101.' },
  },
  {
    what: 'switches protocols and goes on talking',
    talk: (socket) => repeat(socket, 'frames', { first: upgraded }),
    outcome: { status: 101 },
  },
  { what: 'closes without a word', talk: (socket) => socket.end(), outcome: closed },
  { what: 'resets', talk: (socket) => socket.resetAndDestroy(), outcome: closed },
  {
    what: 'hears all and closes',
    talk: (socket) => socket.once('data', () => socket.end()),
    outcome: closed,
  },
  { what: 'says nothing', talk: silent, outcome: late },
  {
    what: 'trickles its first line',
    talk: (socket) => trickle(socket, ok.trim().padEnd(5_000, 'K')),
    outcome: late,
  },
  {
    what: 'trickles headers',
    talk: (socket) => trickle(socket, 'a: b\r\n', { first: ok }),
    outcome: late,
  },
  {
    what: 'says 100 for ever',
    talk: (socket) => repeat(socket, 'HTTP/1.1 100 Continue\r\n\r\n'),
    outcome: late,
  },
  {
    what: 'says 103 for ever',
    talk: (socket) => repeat(socket, 'HTTP/1.1 103 Early Hints\r\na: b\r\n\r\n'),
    outcome: late,
  },
  {
    what: 'trickles its body',
    talk: (socket) => trickle(socket, 'x', { first: longBody }),
    outcome: { status: 200, problem: null },
  },
  {
    what: 'ends in the middle of its body',
    talk: (socket) => socket.end(`${longBody}x`),
    outcome: { status: 200, problem: null },
  },
  {
    what: 'sends headers without end',
    talk: (socket) => repeat(socket, `a: ${'b'.repeat(5_000)}\r\n`, { first: ok, every: 1 }),
    outcome: { status: null, problem: 'The connection failed (HPE_HEADER_OVERFLOW).' },
  },
  { what: 'speaks something else', talk: once('220 mail.example ESMTP\r\n'), outcome: closed },
  {
    what: 'redirects to itself',
    talk: once('HTTP/1.1 307 x\r\nLocation: /\r\n\r\n'),
    outcome: { status: 307 },
  },
  { what: 'never finishes TLS', talk: silent, outcome: late, scheme: 'https' },
  {
    what: 'trickles TLS',
    talk: (socket) => trickle(socket, handshake),
    outcome: { status: null },
    scheme: 'https',
  },
  {
    what: 'closes in the midst of TLS',
    talk: (socket) => socket.once('data', () => socket.end()),
    outcome: closed,
    scheme: 'https',
  },
])('a receiver that $what is settled by the deadline', async ({ talk, outcome, scheme }) => {
  server = await startRawServer(talk);
  const url = `${scheme ?? 'http'}://127.0.0.1:${server.port}/`;
  const begun = performance.now();
  const sent = { url, headers: {}, body: '{}' };
  // A receiver that closes ends the request by itself, however slow the machine is.
  const limit = outcome === closed ? 5_000 : longest;
  const answer = await post(sent, { allowed: ['127.0.0.0/8'], longest: limit });
  expect(answer).toMatchObject(outcome);
  expect(performance.now() - begun).toBeLessThan(limit + 1_500);
  await until(() => server?.open.size === 0);
});

test('an endless look-up is settled by the deadline', async () => {
  const resolve = () => new Promise<never>(() => undefined);
  const sent = { url: 'https://hooks.example.org/', headers: {}, body: '{}' };
  expect(await post(sent, { resolve, longest })).toEqual(late);
});

const greeted = '220 ready\r\n';

test.each<Omit<Case, 'outcome' | 'scheme'> & { scheme?: 'smtps' }>([
  { what: 'says nothing', talk: silent },
  { what: 'closes without a word', talk: (socket) => socket.end() },
  { what: 'closes after it has greeted', talk: (socket) => socket.end(greeted) },
  { what: 'trickles its greeting', talk: (socket) => trickle(socket, '220-wait ') },
  { what: 'greets without end', talk: (socket) => repeat(socket, '220-wait\r\n') },
  {
    what: 'answers without end',
    talk: (socket) => repeat(socket, '250-wait\r\n', { first: greeted }),
  },
  { what: 'greets, and is silent then', talk: once(greeted) },
  { what: 'never finishes TLS', talk: silent, scheme: 'smtps' },
  { what: 'trickles TLS', talk: (socket) => trickle(socket, handshake), scheme: 'smtps' },
])('a mail server that $what is settled by the deadline', async ({ talk, scheme }) => {
  server = await startRawServer(talk);
  useSettings({
    SMTP_URL: `${scheme ?? 'smtp'}://127.0.0.1:${server.port}`,
    SMTP_FROM: 'desk@example.org',
  });
  const message = { type: 'test', timestamp: '', data: { text: '' } } as const;
  const begun = performance.now();
  const { problem } = await sendMail(
    'one',
    letter(message, 'http://localhost'),
    'one@example.org',
    longest,
  );
  expect(problem).not.toBeNull();
  expect(performance.now() - begun).toBeLessThan(longest + 1_500);
  await until(() => server?.open.size === 0);
});
