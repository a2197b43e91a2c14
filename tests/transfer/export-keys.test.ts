import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { GET } from '@/app/(desk)/keys/export/route';
import { pagePool } from '@/db/client';
import { mostTransfers, openTransfer } from '@/db/transfer';
import { csvLine, csvValue } from '@/lib/csv/csv-line';
import { exportKeys } from '@/lib/keys/export-keys';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, vera } from '../helpers/people';
import { signInAs, signOutNow } from '../helpers/sign-in';
import { until } from '../helpers/waiting';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const ask = (query = '', headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
  GET(new Request(`http://localhost:3000/keys/export${query}`, { headers }));
const rowsOf = async (answer: Response) =>
  parse(await answer.text(), { columns: true }) as Record<string, string>[];
const events = async () =>
  (
    await pagePool().query(
      `select actor, details from audit_event where action = 'key.export' order by seq`,
    )
  ).rows;

/** Keys of one user, 3 KB each in a file. Their secrets are random. */
async function fillKeys(owner: string, count: number) {
  await pagePool().query(
    `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix,
       secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, array_fill(repeat('x', 60), array[50]), sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ',
       gen_random_uuid() from generate_series(1, $2::int) n`,
    [owner, count],
  );
}

/** Connections that still transfer something. */
async function busyTransfers(): Promise<number> {
  const { rows } = await pagePool().query(
    `select count(*)::int as n from pg_stat_activity
     where application_name = 'keydesk transfer' and datname = current_database()`,
  );
  return rows[0].n;
}

describe('a viewer', () => {
  beforeEach(() => signInAs(vera));

  it('gets the report as a file, newest first, without secrets', async () => {
    await insertUser('=grace');
    const expires = new Date('2099-01-02T03:04:00Z');
    const first = await makeKey(ada, 'ada', { name: '-2+3', scopes: ['a:b', 'c'], expires });
    const second = await makeKey(ada, '=grace', { name: 'say "hi", Bo', active: false });
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="keydesk-keys-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const text = await answer.clone().text();
    for (const { secret } of [first, second]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice(7, -4));
    }
    const rows = await rowsOf(answer);
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const hint = (secret: string) => `${secret.slice(0, 7)}…${secret.slice(-4)}`;
    expect(rows).toEqual([
      {
        Username: "'=grace",
        Name: 'say "hi", Bo',
        Status: 'Inactive',
        'API Key': hint(second.secret),
        Scopes: '',
        Created: moment,
        'Last used': '',
        Expires: '',
        Id: second.id,
      },
      {
        Username: 'ada',
        Name: "'-2+3",
        Status: 'Active',
        'API Key': hint(first.secret),
        Scopes: 'a:b c',
        Created: moment,
        'Last used': '',
        Expires: '2099-01-02T03:04:00Z',
        Id: first.id,
      },
    ]);
  });

  it('gets a file that Excel reads as UTF-8', async () => {
    const bytes = new Uint8Array(await (await ask()).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(Buffer.from(bytes.subarray(3)).toString()).toMatch(/^Username,Name,/);
  });

  it('gets what the filter shows, for any text, with one audit event', async () => {
    await insertUser("o'neil \\ $1 %");
    await makeKey(ada, "o'neil \\ $1 %");
    await makeKey(ada, 'ada');
    const typed = encodeURIComponent("O'NEIL \\ $1 %");
    expect(await rowsOf(await ask(`?username=${typed}&status=active`))).toHaveLength(1);
    expect(await rowsOf(await ask(`?username=${encodeURIComponent("' or true --")}`))).toEqual([]);
    expect(await events()).toEqual([
      { actor: 'vera', details: { username: "O'NEIL \\ $1 %", status: 'active', keys: 1 } },
      { actor: 'vera', details: { username: "' or true --", keys: 0 } },
    ]);
  });

  it('gets the keys of one user by id, and the audit names the user', async () => {
    const owner = await insertUser('priya');
    await insertUser('priya.n');
    await makeKey(ada, 'priya.n');
    expect(await rowsOf(await ask(`?owner=${owner}`))).toEqual([]);
    const { id } = await makeKey(ada, 'priya');
    expect(await rowsOf(await ask(`?owner=${owner}&username=p`))).toMatchObject([{ Id: id }]);
    expect(await events()).toMatchObject([
      { details: { owner, keys: 0 } },
      { details: { owner, username: 'p', keys: 1 } },
    ]);
  });

  it('who leaves stops the query, and the audit records that it was cut off', async () => {
    await fillKeys(await insertUser('grace'), 5_000);
    const answer = await ask();
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await until(async () => (await busyTransfers()) === 0);
    expect(await events()).toEqual([
      { actor: 'vera', details: { cutOffAfterBytes: expect.any(Number) } },
    ]);
  });

  it('who takes nothing for long is cut off', async () => {
    await fillKeys(await insertUser('grace'), 5_000);
    const parts = exportKeys(vera, { username: '', q: '', status: undefined }, 50);
    await parts.next();
    await until(async () => (await busyTransfers()) === 0);
    await expect(
      (async () => {
        for await (const part of parts) void part;
      })(),
    ).rejects.toThrow();
    expect(await events()).toHaveLength(1);
  });

  it('is asked to come back if too many transfers are running', async () => {
    const all = await Promise.all(Array.from({ length: mostTransfers }, openTransfer));
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('60');
    await Promise.all(all.map((one) => one.close()));
    expect(await rowsOf(await ask())).toEqual([]);
  });

  it('is sent back to the page if the search is too long', async () => {
    const answer = await ask(`?username=${'x'.repeat(101)}`);
    expect(answer.headers.get('location')).toMatch(/^\/keys\?username=x+$/);
    expect(await events()).toEqual([]);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['nobody', {}],
    ['a foreign page over plain HTTP', { referer: 'http://evil.example/keys' }],
  ])('is not sent here by %s', async (_, headers) => {
    expect((await ask('', headers as Record<string, string>)).status).toBe(403);
    expect(await events()).toEqual([]);
  });

  it('is recognized by the referrer over plain HTTP, where browsers send nothing else', async () => {
    expect(await rowsOf(await ask('', { referer: 'http://localhost:3000/keys' }))).toEqual([]);
  });
});

test('somebody who is not signed in is sent to sign in', async () => {
  signOutNow();
  expect((await ask('?status=expired')).headers.get('location')).toBe(
    `/login?next=${encodeURIComponent('/keys?status=expired')}`,
  );
});

test('any names are written like csv-line writes them', async () => {
  const owner = await insertUser('grace');
  const character = fc.oneof(
    fc.constantFrom(...'=+-@\t\r\n",; \u00a0\u3000\uff1d\uff0d\ufeff\u2003'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const name = fc
    .array(character, { maxLength: 12 })
    .map((all) => all.join('').toWellFormed().replaceAll('\0', '').slice(0, 50).toWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 20 }), async (names) => {
      await pagePool().query('delete from api_key');
      await pagePool().query(
        `insert into api_key (id, owner_id, name, secret_mac, secret_pepper, secret_prefix,
           secret_first, secret_last, request_id)
         select gen_random_uuid(), $1, name, sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ',
           gen_random_uuid() from unnest($2::text[]) with ordinality as key (name, n)`,
        [owner, names],
      );
      let text = '';
      for await (const part of exportKeys(vera, { username: '', q: '', status: undefined })) {
        text += Buffer.from(part).toString();
      }
      const rows = parse(text, { columns: true, relax_column_count: false }) as { Name: string }[];
      const wanted = names.map((one) => parse(csvLine([one, 'x']))[0]?.[0] as string);
      expect(rows.map(({ Name }) => Name).sort()).toEqual(wanted.sort());
      expect(rows.map(({ Name }) => csvValue(Name)).sort()).toEqual(names.toSorted());
    }),
    { numRuns: 25 },
  );
});
