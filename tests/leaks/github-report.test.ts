import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { pagePool } from '@/db/client';
import { mintSecret } from '@/lib/keys/secret/secret';
import { isSignedByGithub } from '@/lib/leaks/github-signature';
import { parseSettings } from '@/lib/settings/parse-settings';
import { POST } from '../../app/api/v1/leaks/github/route';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';

/** Stands for GitHub: a key of P-256, made on the spot. */
const newKey = (namedCurve = 'prime256v1') => generateKeyPairSync('ec', { namedCurve });
const github = newKey();
const id = randomBytes(32).toString('hex');
const publicKeys = (key = github, more: object[] = []) =>
  JSON.stringify({
    public_keys: [
      {
        ...{ key_identifier: id, is_current: true },
        key: key.publicKey.export({ type: 'spki', format: 'pem' }),
      },
      ...more,
    ],
  });

useTestDatabase();
beforeAll(async () => {
  useSettings({ GITHUB_SCANNING_KEYS: publicKeys() });
  await insertPeople();
  await insertUser('grace');
});
afterAll(() => useSettings({ GITHUB_SCANNING_KEYS: '' }));

type Sent = { key?: typeof github; keyId?: string; signed?: string; signature?: string };

function send(body: string, { key = github, keyId = id, signed = body, signature }: Sent = {}) {
  const made = sign('sha256', Buffer.from(signed), key.privateKey).toString('base64');
  return POST(
    new Request('http://localhost:3000/api/v1/leaks/github', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'github-public-key-identifier': keyId,
        'github-public-key-signature': signature ?? made,
        'x-keydesk-address': '192.0.2.9',
      },
      body,
    }),
  );
}
const match = (token: string, more = {}) => ({
  ...{ token, type: 'keydesk_api_key', source: 'commit' },
  ...{ url: 'https://github.com/octocat/Hello-World/blob/12345600/env', ...more },
});
const hash = (token: string) => createHash('sha256').update(token).digest('hex');

describe('a report of GitHub secret scanning', () => {
  it('ends our keys and labels each match without repeating it', async () => {
    const key = await makeKey(otto, 'grace');
    const other = mintSecret('kd');
    const body = JSON.stringify([match(key.secret), match(other, { url: '' }), match(key.secret)]);
    const response = await send(body);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const answer = (token: string, label: string) => ({
      ...{ token_hash: hash(token), token_type: 'keydesk_api_key', label },
    });
    expect(await response.json()).toEqual([
      answer(key.secret, 'true_positive'),
      answer(other, 'false_positive'),
      answer(key.secret, 'true_positive'),
    ]);
    expect(await auditOf(key.id)).toEqual(['key.create', 'key.report-leak', 'key.deactivate']);
    const { rows } = await pagePool().query(
      `select actor, address, details from audit_event where action = 'key.report-leak'`,
    );
    expect(rows).toEqual([
      {
        ...{ actor: 'GitHub secret scanning', address: '192.0.2.9' },
        details: { source: 'GitHub secret scanning', url: match('').url, version: 1 },
      },
    ]);
    // Sent again, as by a replay.
    expect(await (await send(body)).json()).toHaveLength(3);
    expect(await countRows('leak_report')).toBe(1);
  });

  it('may have more matches than one report of our own', async () => {
    const { id: keyId, secret } = await makeKey(otto, 'grace');
    const others = Array.from({ length: 1_500 }, () => match(mintSecret('kd')));
    const answer = await (await send(JSON.stringify([...others, match(secret)]))).json();
    const labels = answer.map(({ label }: { label: string }) => label);
    expect(labels.indexOf('true_positive')).toBe(1_500);
    expect(await auditOf(keyId)).toContain('key.deactivate');
  });

  it('is refused without the right signature, and nothing is done', async () => {
    const { id: keyId, secret } = await makeKey(otto, 'grace');
    const body = JSON.stringify([match(secret)]);
    const refused = [
      await send(body, { key: newKey() }),
      await send(body, { keyId: '0'.repeat(64) }),
      await send(body, { keyId: '' }),
      await send(body, { signed: `${body} ` }),
      await send(body, { signature: '' }),
      await send(body, { signature: 'nonsense' }),
      await send(body, { signature: 'A'.repeat(10_000) }),
    ];
    for (const response of refused) {
      expect(response.status).toBe(401);
      expect(await response.text()).not.toContain(secret.slice(4, 20));
    }
    expect(await auditOf(keyId)).toEqual(['key.create']);
    // The control: the same body, signed.
    expect((await send(body)).status).toBe(200);
  });

  it('is refused if it is too long, or no list of matches', async () => {
    expect((await send('x'.repeat(1_048_577))).status).toBe(413);
    for (const body of ['', 'canary', '{}', '[1]', '[{"token":1}]']) {
      const response = await send(body);
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain('canary');
    }
    expect(await (await send('[]')).json()).toEqual([]);
  });

  it('finds nothing where the setting is missing', async () => {
    useSettings({ GITHUB_SCANNING_KEYS: '' });
    expect((await send('[]')).status).toBe(404);
    useSettings({ GITHUB_SCANNING_KEYS: publicKeys() });
  });
});

it('verifies the example that GitHub publishes', () => {
  const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYAGMWO8XgCamYKMJS6jc/qgvSlAd
AjPuDPRcXU22YxgBrz+zoN19MzuRyW87qEt9/AmtoNP5GrobzUvQSyJFVw==
-----END PUBLIC KEY-----
`;
  const published = 'bcb53661c06b4728e59d897fb6165d5c9cda0fd9cdf9d09ead458168deb7518c';
  const body = `[{"source":"commit","token":"some_token","type":"some_type","url":"https://example.com/base-repo-url/"}]`;
  const signature =
    'MEQCIQDaMKqrGnE27S0kgMrEK0eYBmyG0LeZismAEz/BgZyt7AIfXt9fErtRS4XaeSt/AO1RtBY66YcAdjxji410VQV4xg==';
  const signed = (text: string) =>
    isSignedByGithub([{ id: published, pem }], {
      ...{ id: published, signature, body: Buffer.from(text) },
    });
  expect([signed(body), signed(`${body}\n`)]).toEqual([true, false]);
});

describe('GITHUB_SCANNING_KEYS', () => {
  const isTaken = (value: string) => {
    useSettings({ GITHUB_SCANNING_KEYS: value });
    try {
      return Boolean(parseSettings(process.env).GITHUB_SCANNING_KEYS);
    } catch {
      return false;
    }
  };

  it('holds keys of P-256, each under an id of its own', () => {
    expect(isTaken(publicKeys())).toBe(true);
    expect(isTaken(publicKeys(newKey('secp384r1')))).toBe(false);
    const [twin] = JSON.parse(publicKeys()).public_keys;
    expect(isTaken(publicKeys(github, [twin]))).toBe(false);
    expect(isTaken(publicKeys(github, [{ ...twin, key_identifier: 'other' }]))).toBe(true);
    const key = github.privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(isTaken(publicKeys(github, [{ key_identifier: 'other', key }]))).toBe(false);
  });
});
