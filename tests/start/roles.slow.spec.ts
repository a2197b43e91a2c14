import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { freePort } from '../../scripts/free-port';
import { load } from '../bench/processes';
import { type Cluster, openCluster } from '../faults/helpers/cluster';
import { product } from '../helpers/product';
import { testSettings } from '../helpers/settings';
import { type Run, run } from './processes';

/** On a server of its own, because roles belong to all databases of a server. */
test.describe.configure({ mode: 'serial', timeout: 90_000 });

let cluster: Cluster;
let pages: Run;
let address: string;
let service: Made;
const verifiers: Verifier[] = [];

type Made = { id: string; secret: string };
type Verifier = Run & { port: number; address: string };

const urlFor = (user: string, database?: string) => {
  const url = new URL(cluster.url);
  url.username = user;
  if (database) url.pathname = `/${database}`;
  return url.href;
};

const program = (name: string, environment: Record<string, string>, ...args: string[]) =>
  run([process.execPath, join(product(), name), ...args], environment, product());

/** What verification gets, and nothing more. */
const verifySettings = async (more: Record<string, string> = {}) => ({
  ROLE: 'verify',
  NODE_ENV: 'production',
  DATABASE_URL: urlFor('keydesk_verify'),
  KEY_PEPPER: testSettings.KEY_PEPPER,
  HOST: '127.0.0.1',
  VERIFY_PORT: `${await freePort()}`,
  ...more,
});

async function startVerifier(more: Record<string, string> = {}): Promise<Verifier> {
  const settings = await verifySettings(more);
  const verifier = program('start.mjs', settings);
  const port = Number(settings.VERIFY_PORT);
  return { ...verifier, port, address: `http://127.0.0.1:${port}` };
}

const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 'no answer',
  );

const untilReady = (at: string) =>
  expect.poll(() => statusOf(`${at}/readyz`), { timeout: 30_000, intervals: [20] }).toBe(200);

const desk = () => ({
  ...testSettings,
  ...{ ROLE: 'pages', NODE_ENV: 'production', HOST: '127.0.0.1', LOG_LEVEL: 'info' },
  ...{ DATABASE_URL: urlFor('keydesk_app'), MIGRATE_DATABASE_URL: cluster.url },
  ...{ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD: 'correct horse battery staple' },
});

async function makeKey(...options: string[]): Promise<Made> {
  const made = program('admin.mjs', desk(), 'keys', 'create', '--user=ada', '--json', ...options);
  expect(await made.ended).toBe(0);
  // Before it stands which database was used.
  return JSON.parse(made.said().slice(made.said().indexOf('{')));
}

const post = (at: string, path: string, body: string | URLSearchParams) =>
  fetch(`${at}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.secret}` },
    body,
  });

async function verdict(at: string, { secret }: Made): Promise<string> {
  const answer = await post(at, 'verify', JSON.stringify({ key: secret }));
  return answer.status === 200 ? (await answer.json()).code : `${answer.status}`;
}

async function metric(at: string, name: string): Promise<number> {
  const text = await (await fetch(`${at}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  );
}

async function asRole<Result>(user: string, ask: (client: Client) => Promise<Result>) {
  const client = new Client({ connectionString: urlFor(user) });
  await client.connect();
  return ask(client).finally(() => client.end());
}

test.beforeAll(async () => {
  cluster = await openCluster();
  await asRole('keydesk', async (owner) => {
    for (const name of ['keydesk_app', 'keydesk_verify', 'stranger']) {
      await owner.query(`create role ${name} login`);
    }
    // A member has the rights of the role.
    await owner.query('create role keydesk_lookup login in role keydesk_verify');
  });
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const { VERIFY_PORT } = await verifySettings();
  pages = program('start.mjs', {
    ...desk(),
    ...{ AUTH_URL: address, VERIFY_URL: 'https://verify.example.org' },
    ...{ PORT: `${port}`, VERIFY_PORT },
  });
  await untilReady(address);
  expect(await statusOf(`http://127.0.0.1:${VERIFY_PORT}/healthz`)).toBe('no answer');
  service = await makeKey('--scopes=keydesk:verify');
});

test.afterAll(async () => {
  for (const { child } of verifiers) child.kill('SIGKILL');
  pages?.child.kill('SIGINT');
  await pages?.ended;
  await cluster?.remove();
});

test('before its schema is there, verification waits; with it and a role of few rights, it starts within a second of a processor', async () => {
  await asRole('keydesk', (owner) => owner.query('create database empty'));
  const waiting = await startVerifier({ DATABASE_URL: urlFor('keydesk_verify', 'empty') });
  verifiers.push(...(await Promise.all([startVerifier(), startVerifier()])));
  for (const one of verifiers) {
    await untilReady(one.address);
    expect(await metric(one.address, 'process_cpu_seconds_total')).toBeLessThan(1);
    expect(await verdict(one.address, service)).toBe('VALID');
  }
  await expect.poll(() => statusOf(`${waiting.address}/healthz`)).toBe(200);
  expect(await statusOf(`${waiting.address}/readyz`)).toBe(503);
  waiting.child.kill('SIGINT');
  expect(await waiting.ended).toBe(0);
  expect(waiting.said()).toContain('"event":"schema not current"');
});

test('its health is checked at its own port', async () => {
  const [one] = verifiers;
  const healthy = { HOST: '127.0.0.1', ROLE: 'verify', VERIFY_PORT: `${one?.port}` };
  expect(await program('health.mjs', healthy).ended).toBe(0);
  expect(await program('health.mjs', { ...healthy, ROLE: 'pages', PORT: '1' }).ended).toBe(1);
});

test('a limit is exact over two of them and the pages', async () => {
  const limited = await makeKey('--rate=10/86400');
  const places = [...verifiers.map((one) => one.address), address];
  const asked = Array.from({ length: 36 }, (_, n) => verdict(places[n % 3] ?? '', limited));
  const codes = await Promise.all(asked);
  expect(codes.filter((code) => code === 'VALID')).toHaveLength(10);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(26);
});

test('a key that is switched off is refused by all at the next call', async () => {
  const key = await makeKey();
  for (const one of verifiers) expect(await verdict(one.address, key)).toBe('VALID');
  expect(await program('admin.mjs', desk(), 'keys', 'deactivate', key.id).ended).toBe(0);
  for (const one of verifiers) expect(await verdict(one.address, key)).toBe('INACTIVE');
});

/** In bytes. Node.js 24 itself takes 15 MB more than 20. */
const mostMemory = Number(process.versions.node.split('.')[0]) < 22 ? 100e6 : 115e6;

test('under full load its memory stays small', async () => {
  const [{ address: at, port } = { address: '', port: 0 }] = verifiers;
  const secrets = test.info().outputPath('secrets');
  writeFileSync(secrets, `${(await makeKey()).secret}\n`);
  const filled = { secrets, service: service.secret, url: '', unknown: '' };
  const { unexpected } = await load({ seconds: 2, port, filled });
  expect(unexpected).toBe(0);
  expect(await metric(at, 'keydesk_verifications_total{code="VALID"}')).toBeGreaterThan(1_000);
  expect(await metric(at, 'process_resident_memory_bytes')).toBeLessThan(mostMemory);
});

test('keys are revoked where the pages are, and only there does the metadata say so', async () => {
  const issuer = 'https://verify.example.org';
  const verifier = await startVerifier({ VERIFY_URL: issuer, AUTH_SECRET: 'not-to-be-shown' });
  await untilReady(verifier.address);
  const metadata = async (at: string) =>
    (await fetch(`${at}/.well-known/oauth-authorization-server`)).json();
  const introspection_endpoint = `${issuer}/api/v1/introspect`;
  const here = await metadata(verifier.address);
  expect(here).toMatchObject({ issuer, introspection_endpoint });
  expect(here).not.toHaveProperty('revocation_endpoint');
  expect(await metadata(address)).toMatchObject({
    ...{ issuer, introspection_endpoint },
    revocation_endpoint: `${address}/api/v1/revoke`,
  });
  const key = await makeKey();
  const form = new URLSearchParams({ token: key.secret });
  expect((await post(verifier.address, 'revoke', form)).status).toBe(404);
  expect(await verdict(verifier.address, key)).toBe('VALID');
  expect((await post(address, 'revoke', form)).status).toBe(200);
  expect(await verdict(verifier.address, key)).not.toBe('VALID');
  verifier.child.kill('SIGINT');
  expect(await verifier.ended).toBe(0);
  // It was given a secret for which it has no use, and says so by its name.
  expect(verifier.said()).toMatch(
    /"event":"secret not needed".*"AUTH_SECRET"|"AUTH_SECRET".*"secret not needed"/,
  );
  expect(verifier.said()).not.toContain('not-to-be-shown');
});

test('keys are looked up at an address of their own, if there is one', async () => {
  const lookup = urlFor('keydesk_lookup');
  const verifier = await startVerifier({ LOOKUP_DATABASE_URL: lookup });
  await untilReady(verifier.address);
  const limited = await makeKey('--rate=10/86400');
  expect(await verdict(verifier.address, limited)).toBe('VALID');
  const { rows } = await asRole('keydesk', (owner) =>
    owner.query(
      `select distinct application_name as name from pg_stat_activity where usename = 'keydesk_lookup'`,
    ),
  );
  expect(rows).toEqual([{ name: 'keydesk verify' }]);
  verifier.child.kill('SIGINT');
  expect(await verifier.ended).toBe(0);
});

test('its role reads and writes nothing else', async () => {
  const refused = [
    'select * from audit_event',
    'select * from session',
    'select * from sealed_secret',
    'select * from second_factor',
    'select password_hash from directory_user',
    'select email from directory_user',
    'select secret_first from api_key',
    'update api_key set active = true',
    'update directory_user set active = true',
    'update key_last_use set live = false',
    'insert into audit_event default values',
    'delete from api_key',
    'delete from key_usage',
    'create table own (id int)',
  ];
  const codes = await asRole('keydesk_verify', async (client) => {
    const found: [string, string][] = [];
    for (const statement of refused) {
      const error = await client.query(statement).then(
        () => ({ code: 'done' }),
        (one) => one,
      );
      found.push([statement, error.code]);
    }
    return found;
  });
  expect(codes).toEqual(refused.map((statement) => [statement, '42501']));
});

test('a wrong start is refused in one line', async () => {
  const taken = { VERIFY_PORT: `${verifiers[0]?.port}` };
  const wrong: [Record<string, string>, RegExp][] = [
    [{ ROLE: 'verifier' }, /^ROLE must be verify, pages or empty\.$/m],
    [{ KEY_PEPPER: '' }, /^KEY_PEPPER is required: .*\n$/],
    [{ DATABASE_URL: '' }, /^DATABASE_URL is required: .*\n$/],
    [{ LOOKUP_DATABASE_URL: 'mysql://hunter2' }, /^LOOKUP_DATABASE_URL must look like .*\n$/],
    [taken, /^VERIFY_PORT cannot be opened on HOST \(EADDRINUSE\)\.\n$/],
    [{ DATABASE_URL: urlFor('stranger') }, /^The user in DATABASE_URL lacks rights .*\n$/],
    [
      { LOOKUP_DATABASE_URL: urlFor('keydesk_verify', 'empty') },
      /^LOOKUP_DATABASE_URL and DATABASE_URL must lead to one database\.\n$/,
    ],
    [
      { LOOKUP_DATABASE_URL: 'postgresql://k:hunter2@127.0.0.1:1/keydesk' },
      /^The database in LOOKUP_DATABASE_URL cannot be reached: .*\n$/,
    ],
  ];
  for (const [settings, line] of wrong) {
    const refused = await startVerifier(settings);
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(line);
    expect(refused.said()).not.toContain('hunter2');
  }
});

test('on SIGTERM it says that it leaves, answers meanwhile, and writes what was used', async () => {
  const key = await makeKey();
  const [one, other] = verifiers;
  if (!one || !other) throw new Error('The tests before this one start two.');
  for (const { address: at } of [one, other, one]) expect(await verdict(at, key)).toBe('VALID');
  one.child.kill('SIGTERM');
  other.child.kill('SIGINT');
  await expect.poll(() => statusOf(`${one.address}/readyz`), { intervals: [20] }).toBe(503);
  expect(await verdict(one.address, key)).toBe('VALID');
  expect(await Promise.all([one.ended, other.ended])).toEqual([0, 0]);
  const { rows } = await asRole('keydesk', (owner) =>
    owner.query(`select sum(count)::int as calls from key_usage where key_id = $1`, [key.id]),
  );
  expect(rows).toEqual([{ calls: 4 }]);
});

test('its program has no code for pages, sign-ins or the audit', () => {
  const text = readFileSync(join(product(), 'verify.mjs'), 'utf8');
  for (const folder of [
    'lib/auth/',
    'lib/audit/',
    'lib/notices/',
    'lib/leaks/',
    'node_modules/next',
  ]) {
    expect(text).not.toContain(`// ${folder}`);
  }
  expect(text).toContain('// lib/verify/');
});
