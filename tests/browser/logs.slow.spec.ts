import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { Client } from 'pg';
import { cookieNameAt } from '../helpers/cookie-name';
import { admin, expect, signIn, test } from './desk';
import { type Desk, startDesk } from './start-desk';

/** Values that must not appear in the server's output, even at its most detailed level. */
const canaries = {
  dsn: `dsn-${randomBytes(9).toString('hex')}`,
  password: `password-${randomBytes(9).toString('hex')}`,
  typedName: `name-${randomBytes(9).toString('hex')}`,
  address: `address-${randomBytes(9).toString('hex')}`,
  cookie: `cookie-${randomBytes(9).toString('hex')}`,
  key: `kd_${randomBytes(24).toString('hex')}`,
  encryptionKey: randomBytes(32).toString('base64'),
  auditKey: randomBytes(32).toString('base64'),
  pepper: randomBytes(32).toString('base64'),
  authSecret: randomBytes(32).toString('base64url'),
};
const role = `keydesk_log_${process.pid}`;
const hostile = '\r\n{"level":"info","event":"forged"}\u001b[2J\u009b31m\u202e';

let desk: Desk;

test.beforeAll(async () => {
  await onServer(`create role ${role} superuser login password '${canaries.dsn}'`);
  desk = await startDesk(admin, {
    settings: (database) => ({
      DATABASE_URL: Object.assign(database, { username: role, password: canaries.dsn }).href,
      LOG_LEVEL: 'debug',
      KEY_ENCRYPTION_KEY: `1:${canaries.encryptionKey}`,
      AUDIT_KEY: canaries.auditKey,
      KEY_PEPPER: `1:${canaries.pepper}`,
      AUTH_SECRET: canaries.authSecret,
    }),
  });
});

test.afterAll(async () => {
  await desk.stop();
  await onServer(`drop role ${role}`);
});

test('no secret is in the log, whatever goes wrong', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL: desk.url });
  const page = await context.newPage();
  await failToSignIn(page);
  await signIn(page);
  const secret = await makeKey(page);
  await violateConstraint(page);
  await askStrangely();
  await askWithout('api_key', () => page.goto(`/keys?username=${canaries.typedName}`));
  await askWithout('audit_event', () => makeKey(page).catch(() => undefined));
  await withoutDatabase(async () => {
    await page.goto(`/keys?username=${canaries.typedName}`);
    await verify(secret);
    await failToSignIn(await (await browser.newContext({ baseURL: desk.url })).newPage());
  });
  const cookies = (await context.cookies()).map(({ value }) => value);
  await context.close();
  await desk.query('select 1');

  const said = desk.log();
  const secrets = { ...canaries, secret, adminPassword: admin.password };
  const found = [...Object.entries(secrets), ...cookies.map((one) => ['session', one] as const)]
    .filter(([, value]) => forms(value).some((form) => said.includes(form)))
    .map(([name]) => name);
  expect(found).toEqual([]);
  expect(said).not.toContain('forged');

  const lines = said.split('\n').filter(Boolean);
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.join('\n')).not.toMatch(/[^\n -~]/);
  for (const event of events) {
    expect(event.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  const of = (name: string) => events.filter(({ event }) => event === name);
  expect(of('start')).toHaveLength(1);
  expect(of('audit head')[0]?.head).toMatch(/^1:[0-9a-f]{64}$/);
  expect(of('sign-in').map(({ outcome }) => outcome)).toEqual(['refused', 'signed-in', 'failed']);
  expect(of('request').length).toBeGreaterThan(50);
  const paths = new Set(of('request').map(({ path }) => path));
  for (const path of ['/login', '/keys', '/keys/new', '/api/v1/verify'])
    expect(paths).toContain(path);
  const failures = of('request failed');
  expect(failures.map(({ code }) => code)).toEqual(expect.arrayContaining(['23514', '42P01']));
  for (const failure of failures) {
    expect(failure.requestId).toMatch(/^[0-9a-f]{16}$/);
    expect(failure.digest).toBeTruthy();
    expect(failure.path).toBeTruthy();
  }
});

test('the head of the audit is said before the end', async () => {
  const info = { LOG_LEVEL: 'info' };
  const own = await startDesk(admin, { settings: () => info });
  await own.end();
  await expect.poll(() => own.log()).toContain('"stop"');
  const last = own.log().trim().split('\n').slice(-2);
  const [head, stop] = last.map((line) => JSON.parse(line));
  expect(head).toMatchObject({ event: 'audit head', head: expect.stringMatching(/^1:/) });
  expect(stop).toMatchObject({ event: 'stop' });
  await own.stop();
});

async function failToSignIn(page: Page) {
  await page.goto('/login');
  await page.getByLabel('Username').fill(canaries.typedName);
  await page.getByLabel('Password').fill(canaries.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(/Wrong username|is not working/)).toBeVisible();
}

async function makeKey(page: Page, name = ''): Promise<string> {
  await page.goto('/keys/new');
  await page.getByLabel('User', { exact: true }).fill('admin');
  if (name) await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const shown = page.getByText(/^kd_\w{49}$/).first();
  await expect(shown).toBeVisible({ timeout: 4_000 });
  return (await shown.textContent()) ?? '';
}

async function violateConstraint(page: Page) {
  const name = canaries.typedName;
  await desk.query(`alter table api_key add constraint no_canary check (name <> '${name}')`);
  await expect(makeKey(page, name)).rejects.toThrow();
}

/** Sends every kind of wrong request, with a canary in it. */
async function askStrangely() {
  const { cookie, key, address, password } = canaries;
  const headers = {
    cookie: `${cookieNameAt(desk.url, 'session')}=${cookie}; next-auth.session-token=${cookie}`,
    authorization: `Bearer ${key}`,
    'x-api-key': key,
    'next-action': key,
    'next-router-state-tree': key,
    'x-forwarded-host': address,
    'user-agent': encodeURIComponent(hostile),
    origin: desk.url,
  };
  const paths = ['/', '/keys', '/keys/new', `/keys/${key}`, `/login?next=${key}`, '/audit/export'];
  const others = [`/${password}`, `/%E0%A4%A${key}`, `/_next/image?url=${key}`, `/api/auth/${key}`];
  for (const path of [...paths, ...others, `/keys?username=${encodeURIComponent(hostile)}`]) {
    await fetch(desk.url + path, { headers, redirect: 'manual' }).catch(() => undefined);
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json']) {
      const body = `{"key": "${key}", "password": "${password}"`;
      const sent = { ...headers, 'content-type': type };
      const asked = { method: 'POST', headers: sent, body, redirect: 'manual' as const };
      await fetch(desk.url + path, asked).catch(() => undefined);
    }
  }
  await verify(key);
  await fetch(`${desk.verifyUrl}/api/v1/gate/${key}?scope=${key}`, { headers });
}

const verify = (key: string) =>
  fetch(`${desk.verifyUrl}/api/v1/verify?key=${key}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ key }),
  });

async function askWithout(table: string, ask: () => Promise<unknown>) {
  await desk.query(`alter table ${table} rename to ${table}_away`);
  await ask();
  await desk.query(`alter table ${table}_away rename to ${table}`);
}

async function withoutDatabase(run: () => Promise<void>) {
  const [{ name } = { name: '' }] = await desk.query<{ name: string }>(
    'select current_database() as name',
  );
  await onServer(`alter database ${name} allow_connections false`);
  await desk.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await run();
  await onServer(`alter database ${name} allow_connections true`);
}

/** The value itself, and as in an address, JSON or base64. */
const forms = (value: string) => [
  value,
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('hex'),
];

async function onServer(statement: string) {
  const client = new Client({ connectionString: process.env.TEST_DATABASE_URL ?? '' });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
