import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../../scripts/free-port';
import { createEmptyDatabase, dropDatabase } from '../helpers/database-server';
import { exchange, plainBrowser } from '../helpers/plain-browser';
import { product } from '../helpers/product';
import { testSettings } from '../helpers/settings';
import { run } from './processes';

const first = { ADMIN_USERNAME: 'ada', ADMIN_PASSWORD: 'correct horse battery staple' };

const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 'no answer',
  );

/** The `nice` values of the process's threads, or of the one that serves pages. */
function niceValues(pid = 0, only?: 'main'): number[] {
  const threads = only ? [`${pid}`] : readdirSync(`/proc/${pid}/task`);
  return threads.map((thread) => {
    const facts = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    // From the third on, because the second is a name that may hold blanks. See proc(5).
    return Number(facts.slice(facts.lastIndexOf(')') + 2).split(' ')[16]);
  });
}

/** Runs it like the image but without a container, from a folder outside the sources. */
test('the files that pass .dockerignore build a product that starts, signs in, verifies and stops', async () => {
  const name = `keydesk_product_${randomUUID().slice(0, 8)}`;
  const settings = {
    ...{ ...testSettings, ...first, DATABASE_URL: await createEmptyDatabase(name) },
    ...{ HOST: '127.0.0.1', HOSTNAME: 'somewhere-else' },
    ...{ PORT: `${await freePort()}`, VERIFY_PORT: `${await freePort()}` },
  };
  const address = `http://127.0.0.1:${settings.PORT}`;
  const environment = { ...settings, AUTH_URL: address };
  const node = (script: string, ...args: string[]) =>
    run([process.execPath, join(product(), script), ...args], environment, product());
  const desk = node('start.mjs');
  try {
    await expect.poll(() => statusOf(`${address}/readyz`), { timeout: 30_000 }).toBe(200);
    expect(await node('health.mjs').ended).toBe(0);
    const browser = plainBrowser(address);
    await browser.signIn(first.ADMIN_USERNAME, first.ADMIN_PASSWORD);
    const report = await browser.get('/keys');
    expect(report.text).toContain('No API keys found.');
    const style = /href="(\/_next\/static\/[^"]+\.css[^"]*)"/.exec(report.text)?.[1] ?? '';
    expect((await exchange(address, style)).status).toBe(200);
    const gate = await exchange(`http://127.0.0.1:${settings.VERIFY_PORT}`, '/api/v1/gate');
    expect(gate.status).toBe(401);
    if (process.platform === 'linux') {
      // The thread of pages lets the listener's thread go first.
      expect(niceValues(desk.child.pid, 'main')).toEqual([5]);
      expect(niceValues(desk.child.pid)).toContain(0);
    }
    const admins = node('admin.mjs', 'list-admins');
    expect(await admins.ended).toBe(0);
    expect(admins.said()).toContain('ada');
    const made = node('admin.mjs', 'keys', 'create', '--user', 'ada', '--json');
    expect(await made.ended).toBe(0);
    expect(made.said()).toMatch(/"secret": "kd_[0-9A-Za-z]{49}"/);
  } finally {
    desk.child.kill('SIGTERM');
    expect(await desk.ended).toBe(0);
    await dropDatabase(name);
  }
  expect(await node('health.mjs').ended).toBe(1);
});
