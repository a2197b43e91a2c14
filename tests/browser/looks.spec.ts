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
  () => '/keys/import',
  ({ keyImport }) => `/keys/import/${keyImport}`,
  () => '/overview',
  ({ key }) => `/keys/${key}`,
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
  () => '/audit?actor=nobody-at-all',
  () => '/settings',
  () => '/settings/security',
  () => '/settings/sessions',
  () => '/settings/administrators',
  () => '/settings/password',
  () => '/settings/prove',
  () => '/settings/service-keys',
  () => '/settings/policies',
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

test('the report loads little: at most 170 KB of JavaScript and 12 requests', async ({
  page,
  desk,
}) => {
  const owner = await desk.addUser(freshName('loads'));
  await desk.query(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, sha256(('loads ' || n)::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, 30) n`,
    [owner],
  );
  // So tall that the link to the next page is visible. That page must not be fetched together with the first.
  await page.setViewportSize({ width: 1280, height: 2_400 });
  await page.context().addCookies(desk.cookies);
  const traffic = await watchTraffic(page);
  await page.goto('/keys', { waitUntil: 'networkidle' });
  const { kilobytes, files, requests } = traffic();
  test.info().annotations.push({
    type: 'first load',
    description: `${kilobytes.toFixed(1)} KB, ${requests} requests`,
  });
  console.log(
    `/keys: ${kilobytes.toFixed(1)} KB of JavaScript in ${files} files, ${requests} requests`,
  );
  expect(kilobytes).toBeLessThanOrEqual(170);
  expect(requests).toBeLessThanOrEqual(12);
});
