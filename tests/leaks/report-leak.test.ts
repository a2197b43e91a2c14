import { pagePool } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { mintSecret } from '@/lib/keys/secret/secret';
import { reportLeak } from '@/lib/leaks/report-leak';
import { letter } from '@/lib/notices/mail-text';
import type { LeakedKey, Message } from '@/lib/notices/messages';
import { settings } from '@/lib/settings/settings';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { verify } from '@/lib/verify/verify';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { times } from '../helpers/times';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
  await pagePool().query(
    `insert into webhook (id, url, sealed_secret)
     values (gen_random_uuid(), 'https://hooks.example.org/', decode(repeat('00', 60), 'hex'))`,
  );
});

const scanner = { id: null, username: 'scanner', address: '192.0.2.7' };
const evidence = { source: 'nightly scan', url: 'https://git.example.org/app/-/blob/main/env#L3' };
const report = (...secrets: string[]) =>
  reportLeak(
    scanner,
    secrets.map((secret) => ({ secret })),
    evidence,
  );
const isActive = async (id: string) =>
  (await pagePool().query('select active from api_key where id = $1', [id])).rows[0].active;
const told = async (): Promise<LeakedKey[]> => {
  const { rows } = await pagePool().query('select body from notice_message order by id');
  return rows.flatMap(({ body }) => {
    const message: Message = JSON.parse(body);
    return message.type === 'key.leaked' ? message.data.keys : [];
  });
};
/** Every row of every table as text. */
async function dump(): Promise<string> {
  const { rows } = await pagePool().query(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const texts = await Promise.all(
    rows.map(({ name }) => pagePool().query(`select t::text as row from ${name} t`)),
  );
  return texts.flatMap((one) => one.rows.map(({ row }) => row)).join('\n');
}

describe('a report of leaked secrets', () => {
  it('switches the key off, with events and one notice that holds no secret', async () => {
    const { id, secret } = await makeKey(otto, 'grace', { name: 'nightly' });
    const other = await makeKey(otto, 'grace');
    expect(await report(secret, mintSecret('kd'))).toEqual({ known: 1, unknown: 1 });
    expect(await isActive(id)).toBe(false);
    expect(await isActive(other.id)).toBe(true);
    expect(await auditOf(id)).toEqual(['key.create', 'key.report-leak', 'key.deactivate']);
    const { rows } = await pagePool().query(
      `select actor, address, details from audit_event where action = 'key.report-leak'`,
    );
    expect(rows).toEqual([
      { actor: 'scanner', address: '192.0.2.7', details: { ...evidence, version: 1 } },
    ]);
    expect(await told()).toEqual([
      {
        ...{ id, name: 'nightly', username: 'grace', hint: expect.stringContaining('…') },
        ...{ ...evidence, result: 'switched_off', link: `http://localhost:3000/keys/${id}` },
      },
    ]);
    expect(await dump()).not.toContain(secret.slice(4, 40));
  });

  it('is sent by mail with source and place', async () => {
    const { secret } = await makeKey(otto, 'grace', { name: 'nightly' });
    await report(secret);
    const { rows } = await pagePool().query('select body from notice_message');
    const { subject, text } = letter(JSON.parse(rows[0].body), 'https://keys.example.org');
    expect(subject).toBe('Keydesk: 1 API key reported as leaked');
    expect(text).toContain('grace · nightly · kd_');
    expect(text).toContain('reported by nightly scan: the key was switched off');
    expect(text).toContain(evidence.url);
  });

  it('is refused to callers at the next call', async () => {
    const service = await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
    const { secret } = await makeKey(otto, 'grace');
    const context = openVerification({
      connectionString: process.env.DATABASE_URL ?? '',
      peppers: settings().KEY_PEPPER,
    });
    const ask = () =>
      verify(context, {
        ...{ service: service.secret, serviceAddress: '192.0.2.1', secret, scopes: [], ip: null },
        ...{ source: '192.0.2.1', since: performance.now() },
      });
    try {
      expect(await ask()).toMatchObject({ code: 'VALID' });
      await report(secret);
      expect(await ask()).toMatchObject({ code: 'INACTIVE' });
    } finally {
      await closeVerification(context);
    }
  });

  it('finds seven keys among a thousand secrets, of services as well', async () => {
    const keys = [await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] })];
    while (keys.length < 7) keys.push(await makeKey(otto, 'grace'));
    const others = Array.from({ length: 993 }, () => mintSecret('kd'));
    const secrets = [...others, ...keys.map(({ secret }) => secret)];
    expect(await report(...secrets)).toEqual({ known: 7, unknown: 993 });
    expect(await countRows('api_key', 'active')).toBe(0);
    await expect(report(...secrets, mintSecret('kd'))).rejects.toThrow(RangeError);
  });

  it('of the same secret again changes nothing and tells nobody', async () => {
    const { id, secret } = await makeKey(otto, 'grace');
    await report(secret);
    await switchKey(otto, { id, active: true });
    expect(await report(secret, secret)).toEqual({ known: 1, unknown: 0 });
    expect(await isActive(id)).toBe(true);
    expect(await told()).toHaveLength(1);
    expect(await countRows('audit_event', `action = 'key.report-leak'`)).toBe(1);
    await regenerateKey(otto, { id, version: 1, stops: 'now' });
    expect(await report(secret)).toEqual({ known: 1, unknown: 0 });
    expect(await told()).toHaveLength(1);
  });

  it('only tells where the policy says so', async () => {
    const policy = keyPolicyInput.parse({ onLeak: 'tell-only' });
    await setKeyPolicy(ada, policy);
    const { id, secret } = await makeKey(otto, 'grace');
    await report(secret);
    expect(await isActive(id)).toBe(true);
    expect(await auditOf(id)).toEqual(['key.create', 'key.report-leak']);
    expect(await told()).toMatchObject([{ id, result: 'unchanged' }]);
    const { rows } = await pagePool().query(
      `select details from audit_event where action = 'policy.change'`,
    );
    expect(rows).toMatchObject([{ details: { onLeak: 'tell-only' } }]);
    expect(keyPolicyInput.safeParse({ onLeak: 'nothing' }).success).toBe(false);
  });

  it('stops a replaced secret in its overlap, and leaves the key on', async () => {
    const { id, secret } = await makeKey(otto, 'grace');
    await regenerateKey(otto, { id, version: 1, stops: '24h' });
    await report(secret);
    expect(await isActive(id)).toBe(true);
    expect(await countRows('former_secret', 'stops_at is not null')).toBe(0);
    expect((await auditOf(id)).slice(-2)).toEqual(['key.report-leak', 'key.stop-old']);
    expect(await told()).toMatchObject([{ id, result: 'old_secret_stopped' }]);
  });

  it('of a replaced secret or a deleted key is recorded and switches nothing off', async () => {
    const replaced = await makeKey(otto, 'grace');
    await regenerateKey(otto, { id: replaced.id, version: 1, stops: 'now' });
    const deleted = await makeKey(otto, 'grace');
    await deleteKey(otto, deleted.id);
    expect(await report(replaced.secret, deleted.secret)).toEqual({ known: 2, unknown: 0 });
    expect(await isActive(replaced.id)).toBe(true);
    expect(await countRows('audit_event', `action = 'key.deactivate'`)).toBe(0);
    expect(await countRows('leak_report')).toBe(2);
    expect(await told()).toMatchObject([{ result: 'unchanged' }, { result: 'unchanged' }]);
  });
});

describe('what is not ours', () => {
  it('is stored nowhere, not even with its place', async () => {
    const unknown = mintSecret('kd');
    const foreign = 'sk_live_canary_of_another_program';
    const before = await dump();
    await reportLeak(scanner, [{ secret: unknown }, { secret: foreign }, { secret: 'canary' }], {
      source: 'canary source',
      url: 'https://canary.example/',
    });
    expect(await dump()).toBe(before);
  });

  it('is not stored with what is ours, even if places and sources hold secrets', async () => {
    const { secret } = await makeKey(otto, 'grace');
    const one = await makeKey(otto, 'grace');
    const unknown = 'sk_live_canary/of=another+program';
    const url = (text: string) => `https://git.example.org/?key=${encodeURIComponent(text)}`;
    await reportLeak(
      scanner,
      [
        { secret, url: url(unknown) },
        { secret: one.secret, url: url(secret) },
        { secret: unknown },
      ],
      { source: `found ${unknown}`, url: null },
    );
    expect(await countRows('leak_report', `url is null and source = 'unnamed'`)).toBe(2);
    const all = await dump();
    for (const text of ['canary', secret.slice(4, 40)]) expect(all).not.toContain(text);
  });
});

const rounds = times(20, 4);
describe(`two reports at once, ${rounds} times`, () => {
  it('make one event and one notice of each key', async () => {
    for (let round = 0; round < rounds; round++) {
      const keys = await Promise.all([1, 2, 3].map(() => makeKey(otto, 'grace')));
      const secrets = keys.map(({ secret }) => secret);
      const answers = await Promise.all([
        report(...secrets),
        report(...secrets.toReversed()),
        regenerateKey(otto, { id: keys[0]?.id ?? '', version: 1, stops: 'now' }),
        reportLeak(scanner, [{ secret: secrets[1] ?? '' }], evidence, { policy: 'always' }),
      ]);
      expect(answers.slice(0, 2)).toEqual([
        { known: 3, unknown: 0 },
        { known: 3, unknown: 0 },
      ]);
      for (const { id } of keys) {
        const events = await auditOf(id);
        expect(events.filter((action) => action === 'key.report-leak')).toHaveLength(1);
        expect((await told()).filter((key) => key.id === id)).toHaveLength(1);
      }
    }
  });

  it('the control: without the unique pair, both would be recorded', async () => {
    const { id } = await makeKey(otto, 'grace');
    const note = () =>
      pagePool().query(
        `insert into leak_report (key_id, secret_version, source) values ($1, 1, 'scan')`,
        [id],
      );
    await note();
    await expect(note()).rejects.toThrow('leak_report_key_id_secret_version_pk');
  });
});
