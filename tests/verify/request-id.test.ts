import { type Desk, environment, openDesk } from './helpers/desk';
import { sendRaw } from './helpers/raw';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const trust = (proxies: string) => {
  Object.assign(process.env, environment(desk.url, { TRUSTED_PROXIES: proxies }));
  delete (globalThis as { keydeskSettings?: unknown }).keydeskSettings;
};
afterEach(() => trust('1'));

const own = /^[0-9a-f]{16}$/;
const idOf = ({ headers }: Response) => headers.get('x-request-id');

test('every answer has an id of its own, and a problem repeats it', async () => {
  const { service } = desk;
  const key = { token: service.secret };
  const answers = [
    await desk.verify({ key: service.secret }),
    await desk.verify('nonsense'),
    await desk.introspect(key),
    await desk.introspect(key, { authorization: 'Bearer nonsense' }),
    await desk.gate({ 'x-api-key': service.secret }),
    await desk.gate({ 'x-api-key': 'nonsense' }),
    await fetch(`${desk.origin}/api/v1/revoke`, { method: 'POST' }),
    ...(await Promise.all(
      ['/healthz', '/readyz', '/metrics', '/api/v1/verify', '/nowhere'].map((path) =>
        fetch(desk.origin + path),
      ),
    )),
  ];
  const ids = answers.map(idOf);
  for (const id of ids) expect(id).toMatch(own);
  expect(new Set(ids).size).toBe(ids.length);
  for (const answer of answers) {
    if (!answer.headers.get('content-type')?.includes('problem')) continue;
    const isGate = answer.url.includes('/gate');
    expect(((await answer.json()) as { requestId?: string }).requestId ?? null).toBe(
      isGate ? null : idOf(answer),
    );
  }
});

test('what is no HTTP request gets an id as well', async () => {
  const { port } = desk;
  expect(await sendRaw(port, ['nonsense'])).toMatch(/^X-Request-Id: [0-9a-f]{16}\r$/m);
});

test('an id from a trusted proxy is kept, and only if proxies make such ids', async () => {
  const ask = async (id: string) => idOf(await desk.gate({ 'x-request-id': id }));
  const kept = ['0af7651916cd43dd8448eb211c80319c', '2f0d7b9e-5f3c-4c8e-8f3e-1f6d7a2b9c10'];
  for (const id of kept) expect(await ask(id)).toBe(id);
  const refused = [
    ...[
      'short',
      'x'.repeat(65),
      'with blank in it',
      '{"level":"info"}',
      '<script>alert(1)</script>',
    ],
    `a1b2c3d4, ${kept[0]}`,
    desk.service.secret,
  ];
  for (const id of refused) expect(await ask(id)).toMatch(own);
  trust('0');
  for (const id of kept) expect(await ask(id)).toMatch(own);
});
