import fc from 'fast-check';
import { pagePool } from '@/db/client';
import { changeKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { changeKeyInput, createKeyInput } from '@/lib/keys/key-input';
import { countViolations } from '@/lib/keys/policy/count-violations';
import { expiryField } from '@/lib/keys/policy/expiry';
import { findKeyPolicy, findNewKeyDefaults, setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { networkProblem } from '@/lib/network/network-list';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});
afterEach(() => rules({}));

const rules = (fields: Record<string, string>) => setKeyPolicy(ada, keyPolicyInput.parse(fields));
const days = (count: number) => new Date(Date.now() + count * 86_400_000);

/** The message of the form at this field. */
function fieldError(field: string, text: string): string | undefined {
  const fields = { requestId: keyRequest('x').requestId, user: 'x', active: 'yes', [field]: text };
  const parsed = createKeyInput.safeParse(fields);
  return parsed.error?.issues.find(({ path }) => path[0] === field)?.message;
}

const fieldsOf = async (id: string) =>
  (await pagePool().query('select * from api_key where id = $1', [id])).rows[0];

describe('allowed addresses', () => {
  const fitting = async (texts: string[]) => {
    const { rows } = await pagePool().query<{ text: string }>(
      `select text from unnest($1::text[]) text where pg_input_is_valid(text, 'cidr')`,
      [texts],
    );
    return new Set(rows.map(({ text }) => text));
  };
  const bits = fc.oneof(
    fc.constant(''),
    fc.nat(140).map((count) => `/${count}`),
  );
  const taken = (text: string) => networkProblem(text) === null;

  it('are accepted by PostgreSQL as networks', async () => {
    const written = fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), bits).map((parts) => parts.join(''));
    const texts = fc.sample(written, 2_000);
    const known = await fitting(texts);
    expect(texts.filter((text) => taken(text) !== known.has(text))).toEqual([]);
    expect(known.size).toBeGreaterThan(300);
  });

  it('never include text that it would refuse', async () => {
    const part = fc.oneof(fc.nat(300).map(String), fc.constantFrom('', '00', '1e1', 'x'));
    const v4 = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
    const group = fc.oneof(
      fc.nat(0xffff).map((value) => value.toString(16)),
      fc.constant(''),
    );
    const v6 = fc.array(group, { minLength: 2, maxLength: 9 }).map((groups) => groups.join(':'));
    const odd = fc.tuple(fc.oneof(v4, v6, fc.string()), bits).map((parts) => parts.join(''));
    const texts = fc.sample(odd, 5_000).filter((text) => !text.includes('\0'));
    const known = await fitting(texts);
    expect(texts.filter((text) => taken(text) && !known.has(text))).toEqual([]);
  });

  it.each([
    ['10.0.0.0/33', '"10.0.0.0/33" is no network: after the / stands a number from 0 to 32.'],
    ['10.1.2.3/8', '"10.1.2.3/8" is not the start of a network. Write 10.0.0.0/8.'],
    ['2001:db8::1/32', '"2001:db8::1/32" is not the start of a network. Write 2001:db8::/32.'],
    ['localhost', '"localhost" is no IP address and no network.'],
    ['fe80::1%eth0', '"fe80::1%eth0" is no IP address and no network.'],
  ])('%s is refused at the field', (text, message) => {
    expect(fieldError('allowedAddresses', `192.0.2.1 ${text}`)).toBe(message);
  });
});

it.each([
  ['rateLimit', '0'],
  ['rateLimit', '-1'],
  ['rateLimit', '1.5'],
  ['rateLimit', '1000001'],
  ['metadata', '[1]'],
  ['metadata', 'null'],
  ['metadata', '{"a":'],
  ['metadata', '{"a":"\\u0000"}'],
  ['metadata', '{"a":"\\ud800"}'],
  ['metadata', JSON.stringify({ long: 'x'.repeat(4_090) })],
  ['expires', '2026-02-30T10:00'],
  ['lifetime', '31'],
])('%s does not take %s', (field, text) => {
  expect(fieldError(field, text)).toBeTruthy();
});

describe('a key', () => {
  it('keeps its limits when something else is changed', async () => {
    const limits = {
      allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'],
      rateLimit: 5,
      rateWindow: 3_600,
      metadata: { plan: 'gold', nested: { deep: [1, null] } },
      expires: days(9),
    };
    const { id } = await makeKey(otto, 'grace', limits);
    const before = await fieldsOf(id);
    expect(before).toMatchObject({
      allowed_addresses: limits.allowedAddresses,
      rate_limit: 5,
      rate_window: 3_600,
      metadata: limits.metadata,
    });
    const renamed = changeKeyInput.parse({ id, active: 'yes', name: 'renamed' });
    expect((await changeKey(otto, renamed)).outcome).toBe('changed');
    expect(await fieldsOf(id)).toEqual({ ...before, name: 'renamed' });
    const cleared = { rateLimit: '', metadata: '', allowedAddresses: '', lifetime: 'never' };
    await changeKey(otto, changeKeyInput.parse({ id, active: 'yes', name: 'renamed', ...cleared }));
    expect(await fieldsOf(id)).toMatchObject({
      ...{ rate_limit: null, rate_window: null, metadata: null },
      ...{ allowed_addresses: [], expires_at: null },
    });
    expect(await auditOf(id)).toEqual(['key.create', 'key.update', 'key.update']);
  });

  it('may be given days instead of a date, counted by the clock of the database', async () => {
    const { id } = await makeKey(otto, 'grace', { lifetime: '90' });
    const { expires_at: end } = await fieldsOf(id);
    expect(Math.abs(end.getTime() - days(90).getTime())).toBeLessThan(60_000);
  });

  it('that should end on a date needs one, and says so where the date belongs', async () => {
    const asked = keyRequest('grace', { lifetime: 'date' });
    expect(await createKey(otto, asked)).toMatchObject({ message: 'Choose a date.' });
    expect(expiryField('date')).toBe('expires');
    expect(expiryField('30')).toBe('lifetime');
  });

  it('that never ends may stay so under rules that came later, and a date is kept by the minute', async () => {
    const { id } = await makeKey(otto, 'grace');
    const dated = await makeKey(otto, 'grace', { expires: days(90) });
    await rules({ expiryRequired: 'yes', longestLifetime: '30' });
    const keep = (key: string, more: Record<string, string>) =>
      changeKey(otto, changeKeyInput.parse({ id: key, active: 'yes', name: 'kept', ...more }));
    expect((await keep(id, { lifetime: 'never', expires: '' })).outcome).toBe('changed');
    const { expires_at: end } = await fieldsOf(dated.id);
    const minute = end.toISOString().slice(0, 16);
    expect((await keep(dated.id, { lifetime: 'date', expires: minute })).outcome).toBe('changed');
    expect((await fieldsOf(dated.id)).expires_at).toEqual(end);
    expect((await keep(dated.id, { lifetime: 'never', expires: minute })).outcome).toBe(
      'bad-expiry',
    );
  });
});

describe('the policy of the installation', () => {
  const attempt = async (more: Parameters<typeof keyRequest>[1]) =>
    createKey(otto, keyRequest('grace', more));

  it('can require an expiry date, and limit it', async () => {
    await rules({ expiryRequired: 'yes', longestLifetime: '30' });
    expect(await attempt({})).toMatchObject({ message: expect.stringContaining('must expire') });
    expect(await attempt({ expires: days(31) })).toMatchObject({
      message: 'Keys may live at most 30 days on this installation.',
    });
    expect((await attempt({ expires: days(29) })).outcome).toBe('created');
    expect((await attempt({ lifetime: '30' })).outcome).toBe('created');
  });

  it('does not change existing keys, and counts those that violate it', async () => {
    const { id } = await makeKey(otto, 'grace');
    await rules({ longestLifetime: '30' });
    expect(await countViolations(ada, await findKeyPolicy())).toBeGreaterThan(0);
    const change = (fields: object) =>
      changeKey(otto, changeKeyInput.parse({ id, active: 'yes', name: 'n', ...fields }));
    expect((await change({ expires: '' })).outcome).toBe('changed');
    expect((await change({ lifetime: '365' })).outcome).toBe('bad-expiry');
    expect((await change({ lifetime: '30' })).outcome).toBe('changed');
    expect((await change({ expires: '' })).outcome).toBe('bad-expiry');
  });

  it('limits the keys of one user, even if many are made at once', async () => {
    await insertUser('linus');
    await rules({ mostKeysPerUser: '3' });
    const results = await Promise.all(
      Array.from({ length: 10 }, () => createKey(otto, keyRequest('linus'))),
    );
    expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(3);
    expect(results.filter(({ outcome }) => outcome === 'too-many-keys')).toHaveLength(7);
    expect(
      await countRows(
        'api_key',
        `owner_id = (select id from directory_user where username = 'linus')`,
      ),
    ).toBe(3);
  });

  it('has defaults for new keys: an expiry date by the clock of the database, and a rate limit', async () => {
    expect(await findNewKeyDefaults()).toMatchObject({ expires: null, rateLimit: null });
    await rules({ defaultLifetime: '45', defaultRateLimit: '7', defaultRateWindow: '3600' });
    const defaults = await findNewKeyDefaults();
    expect(defaults).toMatchObject({ rateLimit: 7, rateWindow: 3_600 });
    expect(Math.abs(Number(defaults.expires) - days(45).getTime())).toBeLessThan(60_000);
    const { rows } = await pagePool().query(
      `select details from audit_event where action = 'policy.change' order by seq desc limit 1`,
    );
    expect(rows[0].details).toMatchObject({ defaultLifetime: 45, defaultRateLimit: 7 });
    // Only the form starts with the default. An emptied field means no expiry date.
    expect((await fieldsOf((await makeKey(otto, 'grace')).id)).expires_at).toBeNull();
  });

  it('has no default lifetime that it would refuse, and the database enforces that', async () => {
    const parsed = keyPolicyInput.safeParse({ longestLifetime: '30', defaultLifetime: '31' });
    expect(parsed.error?.issues[0]).toMatchObject({
      path: ['defaultLifetime'],
      message: 'Enter no more than the maximum lifetime.',
    });
    for (const wrong of ['0', '-1', '1.5', '3651', 'soon']) {
      expect(keyPolicyInput.safeParse({ defaultLifetime: wrong }).success).toBe(false);
    }
    await rules({ longestLifetime: '30', defaultLifetime: '30' });
    const { expires } = await findNewKeyDefaults();
    // To the minute, as the form sends it.
    const minute = new Date(Math.floor(Number(expires) / 60_000) * 60_000);
    expect((await attempt({ expires: minute })).outcome).toBe('created');
    await expect(pagePool().query('update key_policy set longest_lifetime = 29')).rejects.toThrow(
      'key_policy_default_lifetime',
    );
  });

  it('can be set only by an admin', async () => {
    await expect(setKeyPolicy(otto, keyPolicyInput.parse({}))).rejects.toThrow('admin');
  });
});
