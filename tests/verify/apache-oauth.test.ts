import { mintSecret } from '@/lib/keys/secret/secret';
import { freePort } from '../../scripts/free-port';
import { requireFile, requireProgram } from '../helpers/require-program';
import { enabledBy, startApache } from './helpers/apache';
import { stop } from './helpers/programs';
import { recipe } from './helpers/recipe';
import { openScene } from './helpers/scene';

// Installs Apache and its module if they are missing.
jest.setTimeout(60_000);

let scene: Awaited<ReturnType<typeof openScene>>;
let port: number;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  requireProgram('apache2');
  requireFile('/usr/lib/apache2/modules/mod_oauth2.so', 'libapache2-mod-oauth2');
  scene = await openScene();
  port = await open();
});
afterAll(async () => {
  await Promise.all(stops.map((end) => end()));
  await scene.close();
});

const page = 'docs/introspection.md';

async function open(edit = (text: string) => text) {
  const own = await freePort();
  const { apache = '' } = recipe(page, ['apache'], {
    '127.0.0.1:3001': `127.0.0.1:${scene.front.port}`,
    '127.0.0.1:8080': `127.0.0.1:${scene.backend.port}`,
    '127.0.0.1:8000': `127.0.0.1:${own}`,
    SERVICE_KEY: scene.desk.service.secret,
  });
  const child = await startApache(edit(apache), own, enabledBy(page));
  stops.push(() => stop(child));
  return own;
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const ask = (headers: Record<string, string>, at = port) =>
  fetch(`http://127.0.0.1:${at}/`, { headers });

const newKey = async (name: string, facts = {}) =>
  await scene.desk.addKey(await scene.desk.addUser(name), facts);

test('tells the service who calls, whatever the client forged', async () => {
  const response = await ask({
    ...bearer(scene.key.secret),
    OAUTH2_CLAIM_username: 'root',
    'OAUTH2-CLAIM-username': 'root',
    'Oauth2.Claim_username': 'root',
    'x-api-key': 'root',
  });
  expect(response.status).toBe(200);
  const seen = await response.json();
  expect(seen).toMatchObject({ oauth2_claim_username: 'bob', oauth2_claim_scope: 'reports:read' });
  expect(JSON.stringify(seen)).not.toContain('root');
});

test('refuses other keys, those bound to networks, and a key in X-API-Key', async () => {
  const before = scene.backend.seen.length;
  const bound = await newKey('bound', { networks: ['127.0.0.0/8'] });
  for (const headers of [
    {},
    bearer(mintSecret('kd')),
    bearer(bound.secret),
    { 'x-api-key': scene.key.secret },
  ] as Record<string, string>[]) {
    expect((await ask(headers)).status).toBe(401);
  }
  expect(scene.backend.seen).toHaveLength(before);
});

async function statusOnceOff(at: number) {
  const key = await newKey(`off-${at}`);
  expect((await ask(bearer(key.secret), at)).status).toBe(200);
  await scene.desk.sql('update api_key set active = false where id = $1', [key.id]);
  return (await ask(bearer(key.secret), at)).status;
}

test('refuses a key at the next request after it was switched off', async () => {
  expect(await statusOnceOff(port)).toBe(401);
});

test('control: without expiry=0 it goes on accepting the key', async () => {
  expect(await statusOnceOff(await open((text) => text.replace('&expiry=0', '')))).toBe(200);
});

test('a client that guesses locks out all, as the page warns', async () => {
  for (let guess = 0; guess < 31; guess++) await ask(bearer(mintSecret('kd')));
  expect((await ask(bearer(scene.key.secret))).status).toBe(401);
});

test('forwards nothing while Keydesk is away', async () => {
  const before = scene.backend.seen.length;
  await scene.front.close();
  expect((await ask(bearer(scene.key.secret))).status).toBe(401);
  expect(scene.backend.seen).toHaveLength(before);
});
