import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type App, admin, prepareApp } from '../faults/helpers/app';
import { query } from '../faults/helpers/checker';
import { type Cluster, openCluster } from '../faults/helpers/cluster';
import { testSettings } from '../helpers/settings';
import { runScript } from './processes';

test.describe.configure({ timeout: 120_000 });

let cluster: Cluster;
let app: App | undefined;

test.beforeAll(async () => {
  cluster = await openCluster();
});
test.afterEach(() => app?.kill());
test.afterAll(() => cluster?.remove());

const addressOf = (name: string) => {
  const url = new URL(cluster.url);
  url.pathname = `/${name}`;
  return url.href;
};

test('a start on a copied database shows what to run, and goes on when it was run', async ({
  page,
}) => {
  const log = join(cluster.folder, 'keydesk.log');
  await query(cluster.url, 'create database desk template template0');
  app = await prepareApp(addressOf('desk'), log);
  await app.start();
  await app.kill();
  await query(cluster.url, 'create database copy template desk');

  app = await prepareApp(addressOf('copy'), log);
  app.launch();
  const { url, verifyUrl } = app;
  const statusOf = async (address: string, method = 'GET') => {
    const answer = await fetch(address, { method }).catch(() => null);
    return answer?.status;
  };
  await expect.poll(() => statusOf(`${url}/login`), { timeout: 60_000 }).toBe(503);
  expect(await statusOf(`${url}/healthz`)).toBe(200);
  await expect.poll(() => statusOf(`${verifyUrl}/healthz`)).toBe(200);
  for (const path of ['/readyz', '/keys', '/me', '/collect/0199', '/api/v1/keys', '/settings']) {
    expect([path, await statusOf(url + path)]).toEqual([path, 503]);
  }
  expect(await statusOf(`${url}/login`, 'POST')).toBe(503);
  expect(await statusOf(`${verifyUrl}/readyz`)).toBe(503);
  expect(await (await fetch(`${url}/readyz`)).text()).toContain('restored or copied');

  const answer = await page.goto(`${url}/login`);
  expect(answer?.status()).toBe(503);
  await expect(page.getByRole('heading')).toHaveText('This database was restored or copied');
  await expect(page.getByText('after-restore --revocations')).toBeVisible();
  const family = await page.locator('body').evaluate((body) => getComputedStyle(body).fontFamily);
  expect(family).toContain('sans-serif');
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: scheme === 'dark' ? 360 : 1280, height: 720 });
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
    if (process.env.KEYDESK_SHOTS) {
      await page.screenshot({ path: join(process.env.KEYDESK_SHOTS, `restored-${scheme}.png`) });
    }
  }

  const command = await runScript(
    'scripts/admin.ts',
    ['after-restore', '--accept', 'The copy is what we want to use.'],
    { DATABASE_URL: addressOf('copy'), AUDIT_KEY: testSettings.AUDIT_KEY },
  );
  expect([await command.ended, command.said()]).toEqual([
    0,
    expect.stringContaining('Keydesk uses this database from now on.'),
  ]);
  await app.untilReady();
  await expect.poll(() => statusOf(`${url}/login`)).toBe(200);
  await page.goto(`${url}/login`);
  await page.getByLabel('Username').fill(admin.username);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/keys/);
  const events = readFileSync(log, 'utf8').match(/"event":"(database restored|pages \w+)"/g);
  expect([...new Set(events)].sort()).toHaveLength(events?.length ?? 0);
  expect(events).toHaveLength(2);
});
