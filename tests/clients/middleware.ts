import { mintSecret } from '@/lib/keys/secret/secret';
import { type Desk, type Key, type KeyFacts, openDesk } from '../verify/helpers/desk';
import { type App, frameworks } from './apps';
import { oddAnswers, openSwitchboard } from './switchboard';

export type Framework = keyof typeof frameworks;
export let desk: Desk;
export let board: Awaited<ReturnType<typeof openSwitchboard>>;
let apps: Partial<Record<Framework, App>>;
let bob: string;
export let key: Key;

export const addKey = (facts: KeyFacts = {}) =>
  desk.addKey(bob, { scopes: ['reports:read'], ...facts });
export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const good = () => ({ id: '7', keyId: key.id, username: 'bob' });

export function appOf(name: Framework): App {
  const app = apps[name];
  if (!app) throw new Error(`${name} was not started.`);
  return app;
}

/** Starts these, and holds each against what a middleware promises. */
export function testMiddleware(names: Framework[]): void {
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

  describe.each(names)('%s', (name) => {
    const ask = (headers: Record<string, string>, path?: string) => appOf(name).ask(headers, path);

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

  describe('where Keydesk gives no verdict, nobody is let in', () => {
    afterEach(() => board.answerWith(null));

    const askAll = () =>
      Promise.all(
        names.map(async (name) => {
          const begun = Date.now();
          const { status, headers } = await appOf(name).ask(bearer(key.secret));
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
}
