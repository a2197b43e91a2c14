import { connect } from 'node:net';
import { plainBrowser } from '../helpers/plain-browser';
import { admin, expect, freshName, type SignedDesk, test } from './desk';

/**
 * Sends raw requests over one connection, each after the complete answer to the one before.
 *
 * @returns everything received until the connection closed or was silent for 5 s
 */
function sendRaw(origin: string, ...requests: string[]): Promise<string> {
  const left = [...requests];
  return new Promise((resolve) => {
    let said = '';
    let answer = '';
    const line = connect(Number(new URL(origin).port), '127.0.0.1', send);
    function send() {
      answer = '';
      const next = left.shift();
      if (next !== undefined) line.write(next);
    }
    line.setTimeout(5_000, () => line.destroy());
    line.on('data', (part) => {
      said += part;
      answer += part;
      if (isWhole(answer) && left.length > 0) send();
    });
    line.on('error', () => undefined);
    line.on('close', () => resolve(said));
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /^content-length: (\d+)/im.exec(answer)?.[1];
  if (length !== undefined) return answer.length >= end + 4 + Number(length);
  return answer.endsWith('0\r\n\r\n');
}

const statuses = (said: string) =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => code);

let made: Promise<Record<string, string>> | undefined;

/** The headers that a gateway sends with a valid key. */
async function credentials(desk: SignedDesk): Promise<string> {
  made ??= (async () => {
    const owner = freshName('gate');
    await desk.addUser(owner);
    const browser = plainBrowser(desk.url);
    await browser.signIn(admin.username, admin.password);
    const make = async (scopes: string) => {
      const fields = { user: owner, active: 'yes', scopes };
      const { text } = await browser.submit('/keys/new', ['requestId', 'user'], fields);
      return /kd_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? '';
    };
    return { 'X-Keydesk-Service': await make('keydesk:verify'), 'X-API-Key': await make('') };
  })();
  const lines = Object.entries(await made).map(([name, value]) => `${name}: ${value}\r\n`);
  return `Host: k\r\n${lines.join('')}`;
}

const gate = '/api/v1/gate';
const websocket =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n';
const h2c =
  'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n';

/** Requests as gateways pass them on, or as clients send them by default. */
const odd: [name: string, request: (good: string) => string][] = [
  ['a plain request', (good) => `GET ${gate} HTTP/1.1\r\n${good}\r\n`],
  [
    '20 KB of cookies',
    (good) => `GET ${gate} HTTP/1.1\r\n${good}Cookie: a=${'x'.repeat(20_000)}\r\n\r\n`,
  ],
  ['an odd Expect', (good) => `GET ${gate} HTTP/1.1\r\n${good}Expect: 200-ok\r\n\r\n`],
  ['no Host', (good) => `GET ${gate} HTTP/1.1\r\n${good.replace('Host: k\r\n', '')}\r\n`],
  ['a slash at the end', (good) => `GET ${gate}/ HTTP/1.1\r\n${good}\r\n`],
  ['PROPFIND', (good) => `PROPFIND ${gate} HTTP/1.1\r\n${good}\r\n`],
  ['TRACE', (good) => `TRACE ${gate} HTTP/1.1\r\n${good}\r\n`],
  ['the absolute form', (good) => `GET http://elsewhere.example${gate} HTTP/1.1\r\n${good}\r\n`],
  ['an upgrade to WebSocket', (good) => `GET ${gate} HTTP/1.1\r\n${good}${websocket}\r\n`],
  ['an upgrade to HTTP/2', (good) => `GET ${gate} HTTP/1.1\r\n${good}${h2c}\r\n`],
  [
    'an upgrade to anything',
    (good) => `GET ${gate} HTTP/1.1\r\n${good}Connection: upgrade\r\nUpgrade: x\r\n\r\n`,
  ],
];

const ports = ['url', 'verifyUrl'] as const;

for (const port of ports) {
  for (const [name, request] of odd) {
    test(`the gate on ${port} answers ${name}: 200 with a good key, 401 without`, async ({
      desk,
    }) => {
      const good = await credentials(desk);
      const bad = good.replace(/X-API-Key: \S+/, 'X-API-Key: nonsense');
      const close = 'Connection: close\r\n';
      const last = `GET ${gate} HTTP/1.1\r\n${good}${close}\r\n`;
      // The next request on the same connection is answered too.
      expect(statuses(await sendRaw(desk[port], request(good), last))).toEqual(['200', '200']);
      expect(statuses(await sendRaw(desk[port], request(bad), last))).toEqual(['401', '200']);
    });
  }

  test(`what the parser of ${port} refuses is a 401 at the gate, and its own status elsewhere`, async ({
    desk,
  }) => {
    const long = `X: ${'x'.repeat(100_000)}`;
    for (const head of [
      `GET ${gate} HTTP/1.1\r\n${long}`,
      `GET ${gate} HTTP/9.9\r\n`,
      `GET ${gate} HTTP/1.1\r\nbad header\r\n`,
    ]) {
      expect(statuses(await sendRaw(desk[port], `${head}\r\n\r\n`))).toEqual(['401']);
    }
    expect(statuses(await sendRaw(desk[port], `GET /keys HTTP/1.1\r\n${long}\r\n\r\n`))).toEqual([
      '431',
    ]);
    expect(statuses(await sendRaw(desk[port], 'nonsense\r\n\r\n'))).toEqual(['400']);
  });
}

test('an upgrade with a body is answered, wherever it goes, and no line stays open', async ({
  desk,
}) => {
  for (const path of ['/login', '/_next/webpack-hmr', '/_next/hmr', '/nowhere']) {
    const sent = `POST ${path} HTTP/1.1\r\nHost: k\r\n${websocket}Content-Length: 5\r\n\r\nhello`;
    const next = 'GET /healthz HTTP/1.1\r\nHost: k\r\nConnection: close\r\n\r\n';
    const codes = statuses(await sendRaw(desk.url, sent, next));
    expect([path, codes.length, codes.at(-1)]).toEqual([path, 2, '200']);
    expect(codes[0]).not.toBe('101');
  }
});

test('the absolute form of another host leads to no redirect there', async ({ desk }) => {
  for (const path of ['/keys', '/keys/', '//keys', '/']) {
    const sent = `GET http://elsewhere.example${path} HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n`;
    const said = await sendRaw(desk.url, sent);
    expect([path, said]).toEqual([path, expect.not.stringMatching(/location: .*elsewhere/i)]);
    expect(said).toMatch(/^HTTP\/1\.1 (307|308|404)/);
  }
});
