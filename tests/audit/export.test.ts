import { parse } from 'csv-parse/sync';
import { POST } from '@/app/(desk)/audit/export/route';
import { pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import { ReauthenticationRequiredError } from '@/lib/access/reauthentication';
import { auditListParams } from '@/lib/audit/audit-input';
import { exportEvents } from '@/lib/audit/export-events';
import { emptyDatabase, tamper, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { signInAs, signOutNow } from '../helpers/sign-in';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await tamper(`insert into audit_event (seq, actor, action, target_type, target, outcome, address)
    select n, 'ada', 'user.create', 'user', '=user ' || n, 'done', '::1'
    from generate_series(1, 2500) n`);
});

const home = 'http://localhost:3000';
const ask = (fields: Record<string, string> = {}, origin: string | null = home, more = {}) =>
  POST(
    new Request(`${home}/audit/export`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: origin === null ? more : { origin, ...more },
    }),
  );
const rowsOf = async (answer: Response) =>
  parse(await answer.text(), { columns: true }) as Record<string, string>[];
const exports = () => countRows('audit_event', `action = 'audit.export'`);

describe('an admin after a re-authentication', () => {
  beforeEach(() => signInAs(ada));

  it('gets every event once, newest first, in a file without formulas', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="keydesk-audit-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const rows = await rowsOf(answer);
    expect(rows.map((row) => Number(row.Number))).toEqual(
      Array.from({ length: 2500 }, (_, index) => 2500 - index),
    );
    expect(rows[0]).toMatchObject({ Target: "'=user 2500", Actor: 'ada', Outcome: 'done' });
  });

  it('gets a file that Excel reads as UTF-8', async () => {
    const bytes = new Uint8Array(await (await ask()).arrayBuffer());
    expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 'N'.charCodeAt(0)]);
  });

  it('gets what the page shows, and the audit records the export', async () => {
    const rows = await rowsOf(await ask({ target: 'USER 25', page: '7', nonsense: 'x' }));
    expect(rows).toHaveLength(1 + 10 + 1);
    const { rows: events } = await pagePool().query(
      `select actor, details from audit_event where action = 'audit.export'`,
    );
    expect(events).toEqual([{ actor: 'ada', details: { target: 'USER 25' } }]);
  });

  it('gets the events of one user’s keys, where the page shows these', async () => {
    const owner = await insertUser('grace');
    const { id } = await makeKey(ada, 'grace');
    await makeKey(ada, 'otto');
    const rows = await rowsOf(await ask({ owner }));
    expect(rows.map((row) => row['Target id'])).toEqual([id]);
  });

  it('gets nothing if the event cannot be written', async () => {
    await pagePool().query('alter table audit_event add constraint no_export check (seq <= 2500)');
    await expect(ask()).rejects.toThrow();
    await pagePool().query('alter table audit_event drop constraint no_export');
  });

  it('must re-authenticate again after a while', async () => {
    await pagePool().query(`update session set proved_at = now() - interval '6 minutes'`);
    const answer = await ask({ actor: 'ada' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(
      `/settings/prove?next=${encodeURIComponent('/audit?actor=ada')}`,
    );
    expect(await exports()).toBe(0);
  });

  it('is sent back to the page if the search is too long', async () => {
    const answer = await ask({ actor: 'x'.repeat(101) });
    expect(answer.headers.get('location')).toMatch(/^\/audit\?actor=x+$/);
    expect(await exports()).toBe(0);
  });

  it.each([null, 'null', 'https://evil.example'])(
    'is not asked by a page of %s',
    async (origin) => {
      expect((await ask({}, origin)).status).toBe(403);
      expect(await exports()).toBe(0);
    },
  );
});

describe('nobody else gets a file', () => {
  it.each([otto, vera])('$username sees no export', async (person) => {
    await signInAs(person);
    const answer = await ask();
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(await exports()).toBe(0);
  });

  it('somebody who is not signed in is sent to sign in, and back to the same list', async () => {
    signOutNow();
    expect((await ask()).headers.get('location')).toBe('/login?next=%2Faudit');
    const from = async (referer: string) =>
      (await ask({}, home, { referer })).headers.get('location');
    expect(await from(`${home}/audit?actor=ada`)).toBe(
      `/login?next=${encodeURIComponent('/audit?actor=ada')}`,
    );
    expect(await from('https://evil.example/audit?actor=ada')).toBe('/login?next=%2Faudit');
    expect(await exports()).toBe(0);
  });

  it.each([null, vera])('nothing is read of what %j sends', async (person) => {
    if (person) await signInAs(person);
    else signOutNow();
    const request = new Request(`${home}/audit/export`, {
      method: 'POST',
      body: 'actor=ada',
      headers: { origin: home },
    });
    expect((await POST(request)).status).toBe(person ? 404 : 303);
    expect(request.bodyUsed).toBe(false);
  });

  it('a form longer than any of ours is read no further', async () => {
    await signInAs(ada);
    expect((await ask({ actor: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('nor from the function itself', async () => {
    const all = auditListParams.parse({});
    await expect(exportEvents(otto, all)).rejects.toThrow(ForbiddenError);
    const later = { ...ada, reauthenticated: false };
    await expect(exportEvents(later, all)).rejects.toThrow(ReauthenticationRequiredError);
    expect(await exports()).toBe(0);
  });
});
