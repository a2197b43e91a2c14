import { excessWidth, expect, freshName, test } from './desk';
import { lookAt, lookAtStates } from './looks';
import { core } from './looks-screens';
import { watchTraffic } from './traffic';

lookAt(core);
lookAtStates(1280);

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
