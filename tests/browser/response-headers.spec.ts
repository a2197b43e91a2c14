import { randomUUID } from 'node:crypto';
import { type Answer, exchange } from '../helpers/plain-browser';
import { times } from '../helpers/times';
import { enter, expect, type SignedDesk, test } from './desk';

/**
 * Answers of every kind: pages, redirects, errors, handlers, files, and requests that the desk never sees.
 */
const addresses = [
  ...['/', '/login', '/keys', '/keys/new', '/users', '/audit', '/settings', '/keys?page=2'],
  ...['/no/such/page', `/keys/${randomUUID()}`, '/keys/', '//keys', '/keys/%ff', '/keys.rsc'],
  ...[
    '/api/auth/callback/oidc',
    '/api/auth/nothing',
    '/api/v1/gate',
    '/api/v1/verify',
    '/api/v1/none',
  ],
  ...['/healthz', '/readyz', '/users/suggestions?q=a', '/_next/static/none.js', '/_next/image'],
];

const always = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('camera=()'),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  'cache-control': expect.stringContaining('no-store'),
};

const cookiesOf = ({ cookies }: SignedDesk) =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');

/** A caller without a session, a signed-in administrator, and the framework's request for the latter. */
function askers(desk: SignedDesk): Record<string, string>[] {
  const cookie = cookiesOf(desk);
  return [{}, { cookie }, { cookie, rsc: '1' }];
}

function policyOf({ headers }: Answer): string {
  return String(headers['content-security-policy']);
}

test('every answer bears them, whoever asks', async ({ desk }) => {
  for (const path of addresses) {
    for (const headers of askers(desk)) {
      const answer = await exchange(desk.url, path, { headers });
      expect({ path, ...answer.headers }).toMatchObject({ path, ...always });
      expect({ path, ...answer.headers }).not.toHaveProperty('x-powered-by');
      expect({ path, ...answer.headers }).not.toHaveProperty('server');
    }
  }
});

test('nobody can have an image fetched and made over', async ({ desk }) => {
  for (const url of [
    '/login',
    'http://127.0.0.1:1/',
    '//127.0.0.1:1/',
    'https://evil.example/a.svg',
  ]) {
    const query = new URLSearchParams({ url, w: '64', q: '75' });
    expect((await exchange(desk.url, `/_next/image?${query}`)).status).toBe(404);
  }
});

test('files of the build are kept, and still bear the rest', async ({ desk }) => {
  const { text } = await exchange(desk.url, '/login');
  const path = /\/_next\/static\/[^"]+\.js/.exec(text)?.[0] ?? '';
  const { headers } = await exchange(desk.url, path);
  expect(headers).toMatchObject({ ...always, 'cache-control': expect.stringMatching('immutable') });
});

test('scripts and styles come compressed as the browser likes best, or as they are', async ({
  desk,
}) => {
  const { text } = await exchange(desk.url, '/login');
  const files = [/\/_next\/static\/[^"]+\.js/, /\/_next\/static\/[^"]+\.css/].map(
    (pattern) => pattern.exec(text)?.[0] ?? '',
  );
  for (const path of files) {
    const ask = async (accepted: string) => {
      const headers = { 'accept-encoding': accepted };
      const answer = await fetch(`${desk.url}${path}`, { headers });
      return { headers: Object.fromEntries(answer.headers), text: await answer.text() };
    };
    const plain = await ask('identity');
    expect(plain.headers).not.toHaveProperty('content-encoding');
    for (const [accepted, encoding] of [
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip;q=1.0, gzip', 'gzip'],
    ] as const) {
      const answer = await ask(accepted);
      expect(answer.headers).toMatchObject({
        ...always,
        'content-encoding': encoding,
        'content-type': plain.headers['content-type']?.replace(/utf-8/i, 'UTF-8'),
        'cache-control': expect.stringMatching('immutable'),
        vary: expect.stringMatching(/accept-encoding/i),
      });
      // The copies of the build, not made for this request.
      expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
      expect(answer.text).toBe(plain.text);
    }
  }
  expect((await exchange(desk.url, '/_next/static/chunks/none.js.br')).status).toBe(404);
});

test('scripts run by a nonce of this one answer, and only so', async ({ desk }) => {
  test.setTimeout(90_000);
  const nonces = new Set<string>();
  // Mostly cheap answers, because the same proxy makes all nonces.
  const cheap = Array<string>(8).fill('/healthz');
  const rounds = times(100, 10);
  for (let round = 0; round < rounds; round++) {
    const paths = [...cheap, '/api/auth/session', round % 5 ? '/' : '/no/such/page'];
    for (const answer of await Promise.all(paths.map((path) => exchange(desk.url, path)))) {
      nonces.add(/'nonce-([^']{22,})'/.exec(policyOf(answer))?.[1] ?? 'none');
    }
  }
  expect(nonces.size).toBe(10 * rounds);
  const page = await exchange(desk.url, '/login');
  const nonce = /'nonce-([^']+)'/.exec(policyOf(page))?.[1];
  const scripts = [...page.text.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
  const script = /script-src ([^;]+)/.exec(policyOf(page))?.[1];
  expect(script).toBe(`'nonce-${nonce}' 'strict-dynamic'`);
});

test('a nonce that the request brings is not used', async ({ desk }) => {
  const headers = { 'content-security-policy': "script-src 'nonce-forged'", 'x-nonce': 'forged' };
  const answer = await exchange(desk.url, '/login', { headers });
  expect(answer.text + policyOf(answer)).not.toContain('forged');
});

test('nothing breaks the policy while one works, trusted types included', async ({
  page,
  desk,
}) => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    const expected = /Failed to load resource.* 404/.test(message.text());
    if (message.type() === 'error' && !expected) problems.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  await enter(page, desk);
  // By links, so that the framework fetches and inserts what it needs, and by addresses.
  for (const name of ['Users', 'Audit', 'Settings', 'API keys', 'Add New API Key']) {
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Enter a username.')).toBeVisible();
  for (const path of ['/no/such/page', '/users/new', '/users/import']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(problems).toEqual([]);
});

test('control: text cannot become script, as the policy would have it', async ({ page }) => {
  await page.goto('/login');
  const outcome = await page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>text</b>';
      return 'accepted';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(outcome).toBe('TypeError');
});
