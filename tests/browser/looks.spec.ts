import { times } from '../helpers/times';
import { violations } from './axe';
import { enter, excessWidth, expect, freshName, test } from './desk';
import { type Records, recordsOf } from './looks-records';
import { watchTraffic } from './traffic';

/** Every screen, with all states that look different. */
const screens: ((records: Records) => string)[] = [
  () => '/keys',
  () => '/keys?username=nobody-at-all',
  () => '/keys?status=expiring&sort=expires',
  () => `/keys?username=${'x'.repeat(101)}`,
  () => '/keys/new',
  () => '/keys/deleted',
  () => '/keys/identify',
  () => '/keys/import',
  ({ keyImport }) => `/keys/import/${keyImport}`,
  () => '/overview',
  ({ key }) => `/keys/${key}`,
  ({ key }) => `/keys/${key}?tab=settings`,
  ({ key }) => `/keys/${key}?tab=history`,
  ({ key }) => `/keys/${key}/regenerate`,
  ({ key }) => `/keys/${key}/reveal`,
  ({ key }) => `/keys/${key}/delete`,
  ({ busy }) => `/keys/${busy}`,
  ({ busy }) => `/keys/${busy}/delete`,
  ({ busy }) => `/keys/${busy}/deactivate`,
  ({ bulk }) => `/keys/bulk/${bulk}`,
  () => '/users',
  () => '/users?username=nobody-at-all',
  () => '/users/new',
  ({ owner }) => `/users/${owner}`,
  ({ owner }) => `/users/${owner}/delete`,
  ({ owner }) => `/users/${owner}/disable`,
  () => '/users/import',
  () => '/audit',
  ({ owner }) => `/audit?owner=${owner}`,
  () => '/audit?actor=nobody-at-all',
  () => '/settings',
  () => '/settings/security',
  () => '/settings/sessions',
  () => '/settings/administrators',
  () => '/settings/password',
  () => '/settings/prove',
  () => '/settings/service-keys',
  () => '/settings/policies',
  () => '/settings/policies/unused?days=45',
  () => '/settings/policies/lifetime?until=2030-01-01',
  () => '/settings/notices',
  ({ webhook }) => `/settings/notices/${webhook}`,
  ({ webhook }) => `/settings/notices/${webhook}/delete`,
  () => '/settings/second-factor',
  () => '/settings/administrators/new',
  ({ viewer }) => `/settings/administrators/${viewer}`,
];

const nameOf = (screen: (records: Records) => string) =>
  screen(new Proxy({} as Records, { get: (_, of) => `<${String(of)}>` })).replace(/x{101}/, 'x…');

const widths = [1280, 360];
const height = 800;
/** A short run checks the rules at one width, because a narrow window changes few of them. */
const ruled = times(widths, [1280]);

for (const screen of screens) {
  test(`${nameOf(screen)} breaks no rule of axe and is not wider than the window`, async ({
    page,
    desk,
  }) => {
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    await desk.query('update session set proved_at = now()');
    await page.context().addCookies(desk.cookies);
    const answer = await page.goto(screen(await recordsOf(desk)));
    expect(answer?.status()).toBe(200);
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      const found = ruled.includes(width) ? await violations(page) : [];
      for (const violation of found) problems.push(`${width} px ${violation}`);
      const wide = await excessWidth(page);
      if (wide > 0) problems.push(`${width} px: ${wide} px too wide`);
    }
    expect(problems).toEqual([]);
  });
}

for (const width of widths) {
  test.describe(`${width} px, dark and light`, () => {
    test.use({ viewport: { width, height } });

    test('no rule is broken by signing in, a question, a fresh key or a wrong address', async ({
      page,
      desk,
    }) => {
      const name = freshName('axe');
      await desk.addUser(name);
      await page.goto('/login');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('Enter a password.')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await enter(page, desk, '/keys/new');
      await page.getByText('More options').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Enter a username.')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('User', { exact: true }).fill(name);
      await page.getByLabel('Revealable').check();
      await page.getByRole('button', { name: 'Save & add new' }).click();
      await expect(page.getByTestId('secret')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await page.goto(`/keys?username=${name}`);
      for (const question of ['Edit', 'Delete']) {
        if (width < 960) await page.getByRole('button', { name: 'Actions' }).click();
        await page.getByRole('button', { name: question, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      await desk.query('update session set proved_at = now()');
      await page.getByRole('button', { name: 'Reveal' }).click();
      await page.getByLabel('Reason').fill('to look at it');
      await page.getByRole('button', { name: 'Reveal' }).click();
      await expect(page.getByTestId('secret')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.goto('/no/such/page');
      expect(await violations(page)).toEqual([]);
    });
  });
}

const report = {
  /** Of JavaScript, compressed, with the first load. */
  kilobytes: 140,
  requests: 12,
  /** Of HTML: all of it, and the largest row. */
  page: 75 * 1_024,
  row: 1.4 * 1_024,
  /** Where rows begin and how many one sees, in a window of 1280 by 800. */
  top: 220,
  inSight: 14,
  rowHeight: 40,
  /** A key on a card, in a window 360 px wide. */
  cardHeight: 110,
};

test('the report loads little, shows many rows, and moves nothing', async ({ page, desk }) => {
  const name = freshName('loads-of-keys');
  await desk.query(
    `insert into api_key (id, owner_id, name, expires_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, 'nightly report ' || n, now() + n * interval '3 days', sha256(('loads ' || n)::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, 30) n`,
    [await desk.addUser(name)],
  );
  await desk.query(`update key_last_use set used_at = now() - interval '3 days'`);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.context().addCookies(desk.cookies);
  await page.addInitScript(watchShifts);
  const traffic = await watchTraffic(page);
  const answer = await page.goto('/keys', { waitUntil: 'networkidle' });
  const html = (await answer?.text()) ?? '';
  const { kilobytes, files, requests } = traffic();
  const rows = [...html.matchAll(/<tr>.*?<\/tr>/gs)]
    .slice(1)
    .map(([row]) => Buffer.byteLength(row));
  console.log(
    `/keys: ${kilobytes.toFixed(1)} KB of JavaScript in ${files} files, ${requests} requests, ${Buffer.byteLength(html)} bytes of HTML, ${Math.max(...rows)} of a row`,
  );
  expect(rows).toHaveLength(25);
  expect(kilobytes).toBeLessThanOrEqual(report.kilobytes);
  expect(requests).toBeLessThanOrEqual(report.requests);
  expect(Math.max(...rows)).toBeLessThanOrEqual(report.row);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(report.page);
  const places = () =>
    page.locator('tbody tr').evaluateAll((all) =>
      all.map((row) => {
        const { top, bottom, height } = row.getBoundingClientRect();
        return { top, bottom, height };
      }),
    );
  const wide = await places();
  expect(wide[0]?.top).toBeLessThanOrEqual(report.top);
  expect(wide.filter(({ bottom }) => bottom <= 800).length).toBeGreaterThanOrEqual(report.inSight);
  expect(new Set(wide.map(({ height }) => height))).toEqual(new Set([report.rowHeight]));
  expect(await page.evaluate('shifts')).toBe(0);
  await page.setViewportSize({ width: 360, height: 800 });
  expect(Math.max(...(await places()).map(({ height }) => height))).toBeLessThan(report.cardHeight);
  for (const width of [320, 959, 960, 1_100]) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, Math.max(0, await excessWidth(page))]).toEqual([width, 0]);
  }
});

/** Adds up in the page by how much things moved by themselves. */
function watchShifts() {
  const seen = Object.assign(window, { shifts: 0 });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries())
      seen.shifts += (shift as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}
