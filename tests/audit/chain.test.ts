import fc from 'fast-check';
import { database, pagePool } from '@/db/client';
import { canonicalJson, chainKey, parseAnchor, sealEvent, writeAnchor } from '@/lib/audit/chain';
import { recordEvent, recordEvents } from '@/lib/audit/record-event';
import { verifyChain } from '@/lib/audit/verify-chain';
import { auditKey } from '@/lib/settings/settings';
import { emptyDatabase, tamper, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, otto } from '../helpers/people';
import { times } from '../helpers/times';

useTestDatabase();
beforeEach(emptyDatabase);

const length = 40;
const note = (label: string, details = {}) =>
  database().transaction((tx) =>
    recordEvent(tx, ada, 'user.create', { type: 'user', id: ada.id, label }, { details }),
  );

async function writeChain() {
  for (let index = 1; index < length; index += 1) await note(`user ${index}`, { index });
  await note('the last', { b: [1, { z: null, a: 'ü' }], a: 1e21, '': -0 });
}

describe('writing', () => {
  it('16 writers at once leave one chain without gaps', async () => {
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let index = 0; index < 25; index += 1) await note(`${writer} ${index}`);
      }),
    );
    expect(await verifyChain()).toMatchObject({ events: 400, head: { seq: 400 }, fault: null });
  });

  it('a change that is rolled back leaves no gap', async () => {
    await note('before');
    const undone = database().transaction(async (tx) => {
      await recordEvent(tx, otto, 'user.create', { type: 'user', id: null, label: 'undone' });
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await note('after');
    expect(await verifyChain()).toMatchObject({ events: 2, head: { seq: 2 }, fault: null });
  });

  it('details are sealed as they will be read, whatever they contain', async () => {
    const expires = new Date('2026-03-31T10:00:00.5Z');
    await note('a date', { expires, gone: undefined, nested: { b: 1.5, a: [true, null] } });
    await note('a name', { name: { from: '', to: '\u{1F511} "quoted" \\ \u2028' } });
    expect((await verifyChain()).fault).toBeNull();
  });

  it('several events of one change are in one chain', async () => {
    const targets = ['a', 'b', 'c'].map((label) => ({ type: 'key', id: null, label }) as const);
    await database().transaction((tx) => recordEvents(tx, ada, 'key.delete', targets));
    expect(await verifyChain()).toMatchObject({ events: 3, fault: null });
  });
});

describe('tampering by somebody who owns the database but not the key', () => {
  const columns: Record<string, string> = {
    at: `at + interval '1 microsecond'`,
    actor_id: `case when actor_id is null then '${otto.id}'::uuid end`,
    actor: `actor || ' '`,
    action: `'user.delete'`,
    target_type: `'key'`,
    target_id: `gen_random_uuid()`,
    target: `target || 'x'`,
    outcome: `'refused'`,
    address: `''`,
    details: `details || '{"x": 0}'`,
    mac: `decode(repeat('00', 32), 'hex')`,
  };
  const place = fc.integer({ min: 1, max: length });
  const attack = fc.oneof(
    fc.record({
      kind: fc.constant('alter' as const),
      at: place,
      column: fc.constantFrom(...Object.keys(columns)),
    }),
    fc.record({
      kind: fc.constant('delete' as const),
      at: fc.integer({ min: 1, max: length - 1 }),
    }),
    fc.record({ kind: fc.constant('unseal' as const), at: fc.integer({ min: 2, max: length }) }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: fc.integer({ min: 1, max: length + 1 }),
    }),
    fc
      .record({ kind: fc.constant('swap' as const), at: place, with: place })
      .filter((swap) => swap.at < swap.with),
  );
  type Attack = typeof attack extends fc.Arbitrary<infer Value> ? Value : never;

  /** Uses negative numbers in between, because the primary key is checked row by row. */
  const renumber = (from: string, to: string) =>
    `update audit_event set seq = -(${to}) where ${from};
     update audit_event set seq = -seq where seq < 0`;

  function statements(what: Attack): string {
    switch (what.kind) {
      case 'alter':
        return `update audit_event set ${what.column} = ${columns[what.column]} where seq = ${what.at}`;
      case 'delete':
        return `delete from audit_event where seq = ${what.at}`;
      case 'unseal':
        return `update audit_event set mac = null where seq = ${what.at}`;
      case 'insert':
        return `${renumber(`seq >= ${what.at}`, 'seq + 1')};
          insert into audit_event (seq, actor, action, target_type, target, outcome, address, mac)
          select ${what.at}, 'ada', 'user.delete', 'user', 'forged', 'done', '::1', mac
          from audit_event where seq = ${what.at === 1 ? 2 : what.at - 1}`;
      case 'swap':
        return renumber(
          `seq in (${what.at}, ${what.with})`,
          `case seq when ${what.at} then ${what.with} else ${what.at} end`,
        );
    }
  }

  it('is located at the first bad row, every time', async () => {
    await writeChain();
    await tamper(`create table kept as select * from audit_event;
      alter table audit_event drop constraint audit_event_seq`);
    try {
      await fc.assert(
        fc.asyncProperty(attack, async (what) => {
          await tamper(statements(what));
          const { fault } = await verifyChain();
          await tamper('delete from audit_event; insert into audit_event select * from kept');
          const kind = { delete: 'missing', unseal: 'unsealed' }[what.kind as string] ?? 'altered';
          expect(fault).toMatchObject({ kind, seq: what.at });
        }),
        { numRuns: times(250, 60) },
      );
      expect((await verifyChain()).fault).toBeNull();
    } finally {
      await tamper(`drop table kept; truncate audit_event;
        alter table audit_event add constraint audit_event_seq check (seq >= 1)`);
    }
  }, 120_000);
});

describe('an anchor kept outside', () => {
  async function anchored() {
    await writeChain();
    const anchor = (await verifyChain()).head;
    expect(parseAnchor(writeAnchor(anchor))).toEqual(anchor);
    return anchor;
  }

  it('detects a cut-off end, which the chain alone cannot', async () => {
    const anchor = await anchored();
    await tamper(`delete from audit_event where seq > ${length - 5}`);
    expect((await verifyChain()).fault).toBeNull();
    expect((await verifyChain({ anchor })).fault).toEqual({
      kind: 'cut',
      seq: length - 4,
      through: length,
    });
    await tamper('truncate audit_event');
    expect((await verifyChain({ anchor })).fault).toMatchObject({ kind: 'cut', seq: 1 });
  });

  it('detects a chain rewritten by somebody with the key', async () => {
    const anchor = await anchored();
    await tamper('truncate audit_event');
    for (let index = 0; index <= length; index += 1) await note('another past');
    expect((await verifyChain()).fault).toBeNull();
    expect((await verifyChain({ anchor })).fault).toEqual({ kind: 'not-the-anchor', seq: length });
  });

  it('stays valid as the chain grows', async () => {
    const anchor = await anchored();
    await note('later');
    expect((await verifyChain({ anchor })).fault).toBeNull();
  });

  it.each(['', '1', '1:ab', `x:${'0'.repeat(64)}`, `1:${'g'.repeat(64)}`])(
    'is not read from %j',
    (text) => expect(parseAnchor(text)).toBeNull(),
  );
});

describe('events older than the chain', () => {
  const old = (seq: number) =>
    tamper(`insert into audit_event (seq, actor, action, target_type, target, outcome, address)
      values (${seq}, 'ada', 'user.create', 'user', 'old', 'done', '::1')`);

  it('come before it, and are counted as unsealed', async () => {
    await old(2);
    await old(5);
    await note('the first that is sealed');
    expect(await verifyChain()).toMatchObject({ events: 3, unsealed: 2, fault: null });
  });

  it('are an error if nothing is sealed', async () => {
    await writeChain();
    await tamper('update audit_event set mac = null');
    expect((await verifyChain()).fault).toEqual({ kind: 'unsealed', seq: length });
  });
});

test('each field counts, and none runs into the next', () => {
  const key = chainKey(auditKey());
  const event = {
    ...{ seq: 1, epoch: '1.000000', actorId: null, actor: 'a', action: 'b', targetType: 'c' },
    ...{ targetId: null, target: 'd', outcome: 'done', address: 'e', details: {} },
  };
  const seal = (more: object) =>
    sealEvent(key, Buffer.alloc(32), { ...event, ...more }).toString('hex');
  const seals = [
    seal({}),
    seal({ actor: 'ab', action: '' }),
    seal({ actor: '', action: 'ab' }),
    seal({ targetId: '' }),
    seal({ actorId: '' }),
    seal({ details: { '': '' } }),
  ];
  expect(new Set(seals).size).toBe(seals.length);
  expect(chainKey(auditKey())).not.toEqual(auditKey());
});

test('only the order of keys makes no difference', () => {
  expect(canonicalJson({ b: 1, a: { d: [], c: 'x' } })).toBe('{"a":{"c":"x","d":[]},"b":1}');
  expect(canonicalJson(['1', 1, null, true])).toBe('["1",1,null,true]');
});

describe('with one role for all', () => {
  it.each([
    `update audit_event set actor = 'x'`,
    `update audit_event set actor = 'x' where false`,
    'delete from audit_event',
    'truncate audit_event',
    `set session_replication_role = replica; delete from audit_event`,
  ])('a trigger refuses: %s', async (statement) => {
    await note('kept');
    const client = await pagePool().connect();
    await expect(client.query(statement)).rejects.toMatchObject({ code: '23001' });
    client.release(true);
    expect(await countRows('audit_event')).toBe(1);
  });
});
