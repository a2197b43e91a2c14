import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port';
import { requireProgram } from '../helpers/require-program';
import { startCaddy, startHaproxy, startNginx, stop } from '../verify/helpers/programs';
import { blocksOf, filledIn } from './helpers/run-block';

// Runs each recipe of docs/reverse-proxies.md with Debian's program, before a server that shows what arrived.
jest.setTimeout(60_000);
const folder = mkdtempSync(join(tmpdir(), 'keydesk-proxies-'));
const [pem, key, both] = ['keys.pem', 'keys.key', 'both.pem'].map((name) => join(folder, name));
const opened: ChildProcess[] = [];

const backend = createServer(async (incoming, outgoing) => {
  let bytes = 0;
  for await (const part of incoming) bytes += (part as Buffer).length;
  outgoing.end(JSON.stringify({ path: incoming.url, headers: incoming.headers, bytes }));
});

beforeAll(async () => {
  requireProgram('openssl');
  const subject = ['-subj', '/CN=keys.example.org', '-days', '1'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', pem];
  execFileSync('openssl', [...made, ...subject] as string[], { stdio: 'pipe' });
  writeFileSync(both ?? '', `${readFileSync(pem ?? '')}${readFileSync(key ?? '')}`);
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await Promise.all(opened.map(stop));
  backend.closeAllConnections();
  backend.close();
  rmSync(folder, { recursive: true });
});

const recipe = (language: string, values: Record<string, string>) => {
  const { port } = backend.address() as AddressInfo;
  const [block = ''] = blocksOf('docs/reverse-proxies.md', language);
  return filledIn(block, { '127.0.0.1:3000': `127.0.0.1:${port}`, ...values });
};

const proxies = {
  Caddy: async (port: number) =>
    startCaddy(recipe('caddyfile', { 'keys.example.org': `http://127.0.0.1:${port}` }), port),
  nginx: async (port: number) =>
    startNginx(
      recipe('nginx', {
        'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
        '/etc/ssl/keys.example.org.pem': pem ?? '',
        '/etc/ssl/keys.example.org.key': key ?? '',
      }),
      port,
    ),
  HAProxy: async (port: number) =>
    startHaproxy(
      recipe('haproxy', {
        ':443': `127.0.0.1:${port}`,
        '/etc/ssl/keys.example.org.pem': both ?? '',
      }),
      port,
    ),
};

type Name = keyof typeof proxies;
type Sent = { method?: string; body?: Buffer };

function ask(name: Name, port: number, path: string, { method = 'GET', body }: Sent = {}) {
  const request = name === 'Caddy' ? requestHttp : requestHttps;
  const host = name === 'Caddy' ? `127.0.0.1:${port}` : 'keys.example.org';
  const headers = { host, 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' };
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, rejectUnauthorized: false };
    const asked = request(options, async (answer) => {
      let text = '';
      for await (const part of answer) text += part;
      resolve({ status: answer.statusCode ?? 0, text });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

it.each(Object.keys(proxies) as Name[])(
  '%s passes pages and large files, tells who asks, and keeps the API inside',
  async (name) => {
    const port = await freePort();
    opened.push(await proxies[name](port));
    const page = await ask(name, port, '/keys?status=active');
    expect(page.status).toBe(200);
    const { path, headers } = JSON.parse(page.text);
    expect([path, headers['x-forwarded-for']]).toEqual(['/keys?status=active', '127.0.0.1']);
    expect(headers['x-forwarded-host'] ?? headers.host).toBe(headers.host);
    expect(headers.host).toBe(name === 'Caddy' ? `127.0.0.1:${port}` : 'keys.example.org');
    const body = Buffer.alloc(3_000_000, 'a');
    const upload = await ask(name, port, '/keys/import/file', { method: 'POST', body });
    expect(JSON.parse(upload.text)).toMatchObject({ bytes: body.length });
    for (const inside of ['/api/v1/keys', '/api/v1/verify']) {
      expect((await ask(name, port, inside)).status).toBe(404);
    }
  },
);
