import { connect, type Socket } from 'node:net';
import { plainBrowser } from '../helpers/plain-browser';
import { expect, freshName, type SignedDesk, test } from './desk';

const password = 'correct horse battery staple';

/** A new operator, with the header lines that authenticate their requests. */
async function operator(desk: SignedDesk) {
  const username = freshName('slow');
  await desk.addUser(username, { role: 'operator', password });
  const browser = plainBrowser(desk.url);
  await browser.signIn(username, password);
  const { host, origin } = new URL(desk.url);
  const { cookie } = browser.cookieHeader();
  return `Host: ${host}\r\nOrigin: ${origin}\r\nSec-Fetch-Site: same-origin\r\nCookie: ${cookie}\r\n`;
}

type Line = { line: Socket; closed: Promise<string> };

/** Sends this text and nothing more. Reads the answer only on demand. */
function say(desk: SignedDesk, text: string): Line {
  const line = connect(Number(new URL(desk.url).port), '127.0.0.1');
  let said = '';
  const closed = new Promise<string>((resolve) => {
    line.on('error', () => undefined).on('close', () => resolve(said));
  });
  line.pause().write(text);
  line.on('data', (part) => {
    said += part;
  });
  line.pause();
  return { line, closed };
}

const upload = (head: string) =>
  `POST /keys/import/file HTTP/1.1\r\n${head}Content-Length: 1000000\r\n\r\nusername,secret\n`;
const download = (head: string, more = '') => `GET /keys/export HTTP/1.1\r\n${head}${more}\r\n`;

/** Waits for this many transfer connections, all with a wait event like `waitsFor`. */
/** Five thousand rows take several seconds while other tests load the machine. */
const patience = { timeout: 20_000 };

const underWay = (desk: SignedDesk, count: number, waitsFor = '%') =>
  expect
    .poll(async () => {
      const [row] = await desk.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
         where application_name = 'keydesk transfer' and datname = current_database()
           and wait_event like $1`,
        [waitsFor],
      );
      return row?.n;
    }, patience)
    .toBe(count);

async function readWhole(desk: SignedDesk, head: string): Promise<string> {
  const { line, closed } = say(desk, download(head, 'Connection: close\r\n'));
  line.resume();
  return closed;
}

/** Two transfers of two people each, which take all connections. */
async function takeAll(desk: SignedDesk, text: (head: string) => string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const head of [await operator(desk), await operator(desk)]) {
    for (let n = 0; n < 2; n += 1) {
      lines.push(say(desk, text(head)));
      await underWay(desk, lines.length);
    }
  }
  return lines;
}

const ends = (said: string) => `${said.slice(0, 12)} … ${said.slice(-7)}`;
const whole = 'HTTP/1.1 200 … \r\n0\r\n\r\n';

test('uploads that stand still let an export pass, and are told and closed', async ({ desk }) => {
  const reader = await operator(desk);
  const lines = await takeAll(desk, upload);
  for (const { line } of lines) line.resume();
  expect(ends(await readWhole(desk, reader))).toBe(whole);
  const ended = await Promise.race(lines.map(({ closed }) => closed));
  expect(ended).toMatch(/^HTTP\/1\.1 409 /);
  expect(ended).toContain('too slow while others were waiting');
  for (const { line } of lines) line.destroy();
  await underWay(desk, 0);
});

test('exports that nobody reads let another pass, and end broken', async ({ desk }) => {
  test.setTimeout(60_000);
  const owner = await desk.addUser(freshName('many'));
  await desk.query(
    `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix,
       secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, array_fill(repeat('x', 60), array[50]), sha256(n::text::bytea),
       1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid() from generate_series(1, 5000) n`,
    [owner],
  );
  const reader = await operator(desk);
  const lines = await takeAll(desk, download);
  await underWay(desk, 4, 'ClientWrite');
  expect(ends(await readWhole(desk, reader))).toBe(whole);
  for (const { line } of lines) line.resume();
  const ended = await Promise.race(lines.map(({ closed }) => closed));
  expect(ended).toMatch(/^HTTP\/1\.1 200 /);
  expect(ends(ended)).not.toBe(whole);
  for (const { line } of lines) line.destroy();
  await underWay(desk, 0);
  await desk.query('delete from api_key where owner_id = $1', [owner]);
});
