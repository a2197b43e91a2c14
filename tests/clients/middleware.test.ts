import { mintSecret } from '@/lib/keys/secret/secret';
import { createVerifier, KeydeskError } from '../../clients/node/index.js';
import { type Desk, type Key, type KeyFacts, openDesk } from '../verify/helpers/desk';
import { type App, frameworks } from './apps';
import { oddAnswers, openSwitchboard } from './switchboard';

jest.setTimeout(60_000);
const names = Object.keys(frameworks) as (keyof typeof frameworks)[];
let desk: Desk;
let board: Awaited<ReturnType<typeof openSwitchboard>>;
let apps: Record<keyof typeof frameworks, App>;
let bob: string;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
  board = await openSwitchboard(desk.origin);
  bob = await desk.addUser('bob');
  key = await addKey();
  const options = { url: board.url, serviceKey: desk.service.secret };
  const started = names.map(async (name) => [name, await frameworks[name](options)] as const);
  apps = Object.fromEntries(await Promise.all(started)) as typeof apps;
});
afterAll(async () => {
  await Promise.all(Object.values(apps).map((app) => app.stop()));
  await board.stop();
  await desk.close();
});

const addKey = (facts: KeyFacts = {}) => desk.addKey(bob, { scopes: ['reports:read'], ...facts });
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const good = () => ({ id: '7', keyId: key.id, username: 'bob' });

describe.each(names)('%s', (name) => {
  const ask = (headers: Record<string, string>, path?: string) => apps[name].ask(headers, path);

  it('lets a good key pass, in either header, and tells the handler whose it is', async () => {
    for (const headers of [
      bearer(key.secret),
      { 'x-api-key': key.secret },
      { ...bearer(key.secret), 'x-api-key': key.secret },
      { authorization: 'Basic abc', 'x-api-key': key.secret },
    ]) {
      const response = await ask(headers);
      expect([response.status, await response.json()]).toEqual([200, good()]);
    }
  });

  it('answers 401 to every bad key, each alike', async () => {
    const off = await addKey({ active: false });
    const late = await addKey({ expires: '2020-01-01' });
    const bad: Record<string, string>[] = [
      {},
      bearer('kd_mistyped'),
      bearer(mintSecret('kd')),
      bearer(off.secret),
      { 'x-api-key': late.secret },
      { authorization: 'Basic abc' },
      { ...bearer(key.secret), 'x-api-key': off.secret },
    ];
    const answers = bad.map(async (headers) => {
      const response = await ask(headers);
      const challenge = response.headers.get('www-authenticate');
      return [response.status, challenge, await response.text()];
    });
    const [first, ...others] = await Promise.all(answers);
    expect(first?.slice(0, 2)).toEqual([401, 'Bearer realm="API"']);
    expect(others).toEqual(others.map(() => first));
  });

  it('answers 403 for a missing scope and for another address', async () => {
    const narrow = await addKey({ scopes: ['reports:write'] });
    const scope = await ask(bearer(narrow.secret));
    expect(scope.status).toBe(403);
    expect(scope.headers.get('www-authenticate')).toContain('scope="reports:read"');
    const far = await addKey({ networks: ['10.0.0.0/8'] });
    expect((await ask(bearer(far.secret))).status).toBe(403);
    // The control: a key that is bound to where the caller is.
    const near = await addKey({ networks: ['127.0.0.0/8'] });
    expect((await ask(bearer(near.secret))).status).toBe(200);
  });

  it('answers 429 with the time to wait to a key that is used too often', async () => {
    const limited = await addKey({ rate: [1, 3_600] });
    expect((await ask(bearer(limited.secret))).status).toBe(200);
    const response = await ask(bearer(limited.secret));
    const wait = Number(response.headers.get('retry-after'));
    expect([response.status, wait > 1 && wait <= 3_600]).toEqual([429, true]);
  });

  it('refuses a revoked key at the next request', async () => {
    const { id, secret } = await addKey();
    expect((await ask(bearer(secret))).status).toBe(200);
    await desk.sql('update api_key set active = false where id = $1', [id]);
    expect((await ask(bearer(secret))).status).toBe(401);
  });
});

it('the documented proxy of Next refuses what has no good key, and lets the rest pass', async () => {
  const ask = (headers: Record<string, string>) => apps.next.ask(headers, '/api/admin');
  expect((await ask({})).status).toBe(401);
  const response = await ask(bearer(key.secret));
  expect([response.status, await response.json()]).toEqual([200, { reached: true }]);
});

it('the documented route of Next greets the owner, at the address that the proxy tells', async () => {
  const bound = await addKey({ networks: ['192.0.2.0/24'] });
  const ask = (address: string) =>
    apps.next.ask({ ...bearer(bound.secret), 'x-real-ip': address }, '/documented');
  const good = await ask('192.0.2.7');
  expect([good.status, await good.json()]).toEqual([200, { hello: 'bob' }]);
  expect((await ask('198.51.100.7')).status).toBe(403);
});

describe('where Keydesk gives no verdict, nobody is let in', () => {
  afterEach(() => board.answerWith(null));

  const askAll = () =>
    Promise.all(
      names.map(async (name) => {
        const begun = Date.now();
        const { status, headers } = await apps[name].ask(bearer(key.secret));
        const wait = headers.get('retry-after');
        return { name, status, wait, inTime: Date.now() - begun < 3_000 };
      }),
    );

  it.each(Object.entries(oddAnswers))('as with %s', async (what, answer) => {
    board.answerWith(answer);
    const expected =
      what === 'too many guesses' ? { status: 429, wait: '7' } : { status: 503, wait: '1' };
    expect(await askAll()).toEqual(names.map((name) => ({ name, ...expected, inTime: true })));
  });

  it('as with a Keydesk that is stopped, until it is there again', async () => {
    await board.stop();
    expect((await askAll()).map(({ status }) => status)).toEqual(names.map(() => 503));
    await board.start();
    expect((await askAll()).map(({ status }) => status)).toEqual(names.map(() => 200));
  });
});

describe('the verifier alone', () => {
  const verifier = (more = {}) =>
    createVerifier({ url: `${board.url}/`, serviceKey: desk.service.secret, ...more });

  it('returns the verdict, good or bad', async () => {
    expect(await verifier().verify(key.secret)).toMatchObject({ valid: true, keyId: key.id });
    expect(await verifier().verify(key.secret, { scopes: ['admin'] })).toMatchObject({
      ...{ valid: false, code: 'INSUFFICIENT_SCOPE' },
    });
    expect(await verifier().verify('x')).toEqual({ valid: false, code: 'MALFORMED' });
  });

  it('throws where there is none, within its limit, and never says the key', async () => {
    board.answerWith(() => undefined);
    const begun = Date.now();
    const error = await verifier({ timeout: 100 })
      .verify(key.secret)
      .catch((one: Error) => one);
    board.answerWith(null);
    expect(Date.now() - begun).toBeLessThan(1_000);
    expect(error).toBeInstanceOf(KeydeskError);
    expect(String(error)).toBe('KeydeskError: Keydesk did not answer within 100 ms.');
  });

  it('refuses to be made with what cannot be a service key', () => {
    expect(() => verifier({ serviceKey: 'two\nlines' })).toThrow(TypeError);
    expect(() => verifier({ serviceKey: '' })).toThrow(TypeError);
    expect(() => verifier({ url: 'nowhere' })).toThrow();
  });
});
