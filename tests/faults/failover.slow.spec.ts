import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { plainBrowser } from '../helpers/plain-browser';
import { times } from '../helpers/times';
import { admin, prepareApp } from './helpers/app';
import { query } from './helpers/checker';
import { openCluster, openStandby } from './helpers/cluster';

test.describe.configure({ timeout: times(600_000, 120_000) });

test('without a primary pages are 503, not 500, and after the promotion everybody works on', async () => {
  const primary = await openCluster();
  const standby = await openStandby(primary);
  await query(primary.url, `alter system set synchronous_standby_names = '*'`);
  await query(primary.url, 'select pg_reload_conf()');
  const log = join(primary.folder, 'keydesk.log');
  const both = `postgresql://keydesk@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres`;
  const app = await prepareApp(both, log, { LOG_LEVEL: 'info' });
  try {
    await app.start();
    const browser = plainBrowser(app.url);
    await browser.signIn(admin.username, admin.password);
    expect((await browser.get('/keys')).status).toBe(200);

    await primary.stop();
    for (const path of ['/keys', '/overview', '/users']) {
      const away = await browser.get(path);
      expect([path, away.status]).toEqual([path, 503]);
      expect(away.headers['retry-after']).toBe('5');
    }
    for (const port of [app.url, app.verifyUrl]) {
      const answer = await fetch(`${port}/readyz`);
      expect([answer.status, await answer.text()]).toEqual([
        503,
        expect.stringContaining('recovery'),
      ]);
    }
    await query(standby.url, 'select pg_promote()');
    await app.untilReady();
    expect((await browser.get('/keys')).status).toBe(200);
    const missing = await browser.get('/keys/no-such-key');
    expect([missing.status, missing.headers['retry-after']]).toEqual([404, undefined]);

    const events = [...readFileSync(log, 'utf8').matchAll(/"event":"(primary [a-z]+)"/g)];
    expect(events.map(([, event]) => event)).toEqual(['primary lost', 'primary found']);
  } finally {
    await app.kill();
    await standby.remove();
    await primary.remove();
  }
});
