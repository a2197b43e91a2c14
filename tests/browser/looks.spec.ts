import { violations } from './axe';
import { test as base, enter, excessWidth, expect, freshName, type SignedDesk } from './desk';
import { watchTraffic } from './traffic';

type Records = Record<
  'key' | 'busy' | 'owner' | 'viewer' | 'keyImport' | 'bulk' | 'webhook',
  string | undefined
>;

/** Every screen, and the states of it that look different. */
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
  () => '/settings/password',
  () => '/settings/prove',
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

/** What the screens show is planted once for each worker. */
const test = base.extend<object, { records: Records }>({
  records: [
    async ({ desk }, use) => {
      await use(await plant(desk));
    },
    { scope: 'worker' },
  ],
});

async function plant(desk: SignedDesk): Promise<Records> {
  const name = freshName('look');
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, name, active, expires_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, 'reports', true, now(), sha256('${name}'::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid())
     returning id`,
    [owner],
  );
  await desk.query(
    `insert into sealed_secret (key_id, kek_version, wrapped_key, ciphertext)
     values ($1, 1, decode(repeat('00', 60), 'hex'), decode(repeat('00', 80), 'hex'))`,
    [key?.id],
  );
  const [busy] = await desk.query<{ id: string }>(
    `with made as (
       insert into api_key (id, owner_id, secret_version, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       values (gen_random_uuid(), $1, 2, sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid())
       returning id
     ), old as (
       insert into former_secret (mac, key_id, pepper, version, stops_at)
       select sha256('old' || $2), id, 1, 1, now() + interval '1 day' from made
     ), seen as (
       insert into key_source select id, 1, '2001:db8:1234:5678:9abc:def0:1234:5678', now(), 7 from made
     )
     select id from made`,
    [owner, Buffer.from(`busy ${name}`)],
  );
  await desk.query('update key_last_use set used_at = now() where key_id = $1', [busy?.id]);
  return {
    key: key?.id,
    busy: busy?.id,
    owner,
    viewer: await desk.addUser(freshName('vic'), { role: 'viewer' }),
    keyImport: await checkedKeys(desk),
    bulk: await askedBulk(desk, [key?.id, busy?.id]),
    webhook: await plantNotices(desk),
  };
}

/** A webhook that failed and was tried again, and one that asked for nothing more. */
async function plantNotices(desk: SignedDesk): Promise<string | undefined> {
  const [hook] = await desk.query<{ id: string }>(
    `with off as (
       insert into webhook (id, url, active, refused, sealed_secret)
       values (gen_random_uuid(), 'https://gone.example.org/', false, true, decode(repeat('00', 60), 'hex'))
     )
     insert into webhook (id, url, sealed_secret, former_secret, former_until)
     values (gen_random_uuid(), 'https://hooks.example.org/services/a-long-path-without-blanks-0123456789',
       decode(repeat('00', 60), 'hex'), decode(repeat('00', 60), 'hex'), now() + interval '1 day')
     returning id`,
  );
  await desk.query(
    `with made as (
       insert into notice_message (id, type, body) values (gen_random_uuid(), 'key.expiring', '{}')
       returning id
     )
     insert into notice_delivery (id, message_id, webhook_id, recipient, state, attempts, next_at,
       tried_at, status, milliseconds, problem)
     select gen_random_uuid(), made.id, $1::uuid, null, 'waiting', 3, now() + interval '5 minutes',
       now(), 503, 1234, 'It answered 503.' from made
     union all select gen_random_uuid(), made.id, null, 'somebody.with-a-long-name@example.org',
       'delivered', 1, now(), now(), null, 87, null from made`,
    [hook?.id],
  );
  return hook?.id;
}

/** A checked file with a good and a bad line. */
async function checkedKeys(desk: SignedDesk): Promise<string> {
  const [row] = await desk.query<{ id: string }>(
    `insert into key_import (id, administrator_id, line_count, bad_count, reserved, file_digest)
     select gen_random_uuid(), id, 2, 1, false, sha256('') from directory_user where username = 'admin'
     returning id`,
  );
  await desk.query(
    `insert into key_import_line (import_id, line, key_id, username, name, active, scopes, mac,
       pepper, secret_prefix, secret_first, secret_last, verdict)
     select $1, line, gen_random_uuid(), 'grace', 'reports', true, '{}', sha256('x'), 1, '', '', '',
       case when line = 3 then 'User "grace" is not in the database.' end
     from generate_series(2, 3) line`,
    [row?.id],
  );
  return row?.id ?? '';
}

/** A question before keys are deleted of which one is in use. */
async function askedBulk(desk: SignedDesk, keys: (string | undefined)[]): Promise<string> {
  const [row] = await desk.query<{ id: string }>(
    `with asked as (
       insert into bulk_change (id, administrator_id, verb, total)
       select gen_random_uuid(), id, 'delete', 2 from directory_user where username = 'admin'
       returning id
     ), chosen as (
       insert into bulk_change_key (bulk_id, position, key_id)
       select asked.id, n, key_id from asked, unnest($1::uuid[]) with ordinality as chosen (key_id, n)
     )
     select id from asked`,
    [keys],
  );
  return row?.id ?? '';
}

const widths = [1280, 360];
const height = 800;

for (const screen of screens) {
  test(`${nameOf(screen)} breaks no rule of axe and is not wider than the window`, async ({
    page,
    desk,
    records,
  }) => {
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    await desk.query('update session set proved_at = now()');
    await page.context().addCookies(desk.cookies);
    const answer = await page.goto(screen(records));
    expect(answer?.status()).toBe(200);
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      for (const violation of await violations(page)) problems.push(`${width} px ${violation}`);
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
  // So tall that the link to the next page is in sight: it must not be fetched with the first.
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
