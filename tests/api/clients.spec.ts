import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newRequest } from './helpers/api-client';
import { expect, test } from './helpers/client-desk';
import { edges } from './helpers/edges';
import { liveLikeAKey, readByPages } from './helpers/life-of-a-key';
import { liveLikeAUser } from './helpers/life-of-a-user';
import { runCommands, runRotation, startForgetfulProxy } from './helpers/manual';
import { startProxy } from './helpers/prism';

// One product serves all of these.
test.describe.configure({ mode: 'default', timeout: 120_000 });

const run = promisify(execFile);

test('a client made from the description works the whole life of a key', async ({ desk }) => {
  await liveLikeAKey(desk, 'grace', 'linus');
  await readByPages(desk.client, 'pages', 5);
});

test('a client made from the description works the whole life of a user', async ({ desk }) => {
  await liveLikeAUser(desk.client);
});

test('the description that is served passes the linter, without a warning', async ({ desk }) => {
  const served = await (await fetch(`${desk.url}/api/v1/openapi.json`)).text();
  const path = join(mkdtempSync(join(tmpdir(), 'keydesk-description-')), 'openapi.json');
  // The linter wants a server that is not on this machine.
  writeFileSync(path, served.replace(desk.url, 'https://keydesk.example.org'));
  const linter = 'node_modules/@redocly/cli/bin/cli.js';
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const args = [linter, 'lint', '--extends=recommended', '--format=json', path];
  const { stdout } = await run(process.execPath, args, { env });
  const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  expect(problems).toEqual([]);
  expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
});

test('the commands of the manual work as they stand', async ({ desk }) => {
  const [list, made, pages, patched, ...more] = await runCommands(desk);
  expect(more).toEqual([]);
  expect(JSON.parse(list ?? '').items.length).toBeGreaterThan(0);
  const { id, secret } = JSON.parse(made ?? '');
  expect(secret).toMatch(/^kd_/);
  expect(pages).toContain(id);
  expect(JSON.parse(patched ?? '')).toMatchObject({
    name: 'weekly build',
    rateLimit: { calls: 100 },
  });
});

test('the script of the manual rotates each key once, though an answer is lost', async ({
  desk,
}) => {
  const { client } = desk;
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const [soon, later] = await Promise.all(
    [10, 100].map(async (days) => {
      const body = { user: 'expiring', expiresAt: inDays(days) };
      return (await client.POST('/api/v1/keys', { params: { header: newRequest() }, body })).data;
    }),
  );
  const proxy = await startForgetfulProxy(desk.url);
  const printed = await runRotation({ ...desk, url: proxy.url }, 'expiring');
  proxy.stop();
  expect(proxy.lost()).toBe(1);
  const [, id, secret = ''] = /^(\S+) (kd_\w+)\n$/.exec(printed) ?? [];
  expect(id).toBe(soon?.id);
  for (const key of [secret, soon?.secret ?? '', later?.secret ?? '']) {
    const { data } = await client.POST('/api/v1/verify', { body: { key } });
    expect(data?.valid).toBe(true);
  }
  const rows = await desk.query('select secret_version from api_key where id = $1', [id]);
  expect(rows).toEqual([{ secret_version: 2 }]);
});

edges();

// Prism is fetched by npx, because it consists of 185 packages.
test.describe('between client and Keydesk', () => {
  test.skip(process.env.TESTS !== 'full', 'needs the registry of packages');
  test('prism sees nothing that the description does not say', async ({ desk }) => {
    const proxy = await startProxy(desk.url, desk.secret);
    try {
      await liveLikeAKey({ ...desk, client: proxy.client }, 'grace', 'linus');
      await liveLikeAUser(proxy.client);
      expect(proxy.violations).toEqual([]);
      expect(proxy.answers()).toBeGreaterThan(30);
      // Control.
      await proxy.client.GET('/api/v1/keys', { params: { query: { limit: 0 } } });
      expect(proxy.violations).toHaveLength(1);
    } finally {
      proxy.stop();
    }
  });
});
