import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './helpers/client-desk';
import { edges } from './helpers/edges';
import { liveLikeAKey, readByPages } from './helpers/life-of-a-key';
import { liveLikeAUser } from './helpers/life-of-a-user';
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
