import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, database, pagePool } from '@/db/client';
import { eventMessage } from '@/lib/audit/event-message';
import { readEventsAfter } from '@/lib/audit/list-events-after';
import { verifyChain } from '@/lib/audit/verify-chain';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { startSession } from '@/lib/sessions/session';
import { disableUser } from '@/lib/users/disable-user';
import { addressOf, dropDatabase, onServer, testServer } from '../helpers/database-server';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { createDatabase } from '../helpers/template-database';
import { until } from '../helpers/waiting';
import { admin, beNew, copyDatabase, renameDatabases, startDesk } from './helpers';

jest.setTimeout(60_000);

const name = `restore_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
const backup = `${name}_backup`;
const lost = `${name}_lost`;
const url = () => addressOf(testServer(), name);

type Desk = Awaited<ReturnType<typeof startDesk>>;
let desk: Desk | undefined;
let folder = '';
let caller = '';
let keys: Record<'kept' | 'deleted' | 'off' | 'regenerated' | 'ofDisabled' | 'again', Made>;
type Made = { id: string; secret: string };
let began: Date;

/** A desk of which a backup was made, and which went on until now. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keydesk-revocations-'));
  await beNew(await createDatabase(name));
  expect(await keepIdentity()).toBe(true);
  await insertPeople();
  await insertUser('grace');
  const linus = await insertUser('linus');
  caller = (await makeKey(ada, 'otto', { scopes: ['keydesk:verify'] })).secret;
  const make = (user: string) => makeKey(ada, user);
  keys = {
    kept: await make('grace'),
    deleted: await make('grace'),
    off: await make('grace'),
    regenerated: await make('grace'),
    again: await make('grace'),
    ofDisabled: await make('linus'),
  };
  await startSession(database(), otto.id, { address: '192.0.2.1', userAgent: 'Jest' });
  began = new Date();
  await copyDatabase(name, backup);

  await deleteKey(ada, keys.deleted.id);
  await switchKey(ada, { id: keys.off.id, active: false });
  await regenerateKey(ada, { id: keys.regenerated.id });
  await disableUser(ada, { id: linus, keys: 1, keyAction: 'keep', to: '' });
  // Made after the backup.
  await deleteKey(ada, (await makeKey(ada, 'grace')).id);
});
afterEach(async () => {
  await desk?.close();
  desk = undefined;
  await closeDatabase();
  for (const one of [name, backup, lost]) await dropDatabase(one);
  rmSync(folder, { recursive: true, force: true });
});

function migration(): string {
  const file = readdirSync('db/migrations').find((one) => one.endsWith('_database_identity.sql'));
  return readFileSync(`db/migrations/${file}`, 'utf8');
}

const answers = async () =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(keys).map(async ([what, { secret }]) => [what, await desk?.ask(secret)]),
    ),
  );
const all = (code: string) => Object.fromEntries(Object.keys(keys).map((what) => [what, code]));
const right = {
  ...{ kept: 'VALID', again: 'VALID', deleted: 'NOT_FOUND', off: 'INACTIVE' },
  ...{ regenerated: 'NOT_FOUND', ofDisabled: 'OWNER_INACTIVE' },
};

/** The list of the old database, and then the backup in its place. */
async function restore(): Promise<string> {
  const { code, stdout } = await admin(['revocations', '--since', began.toISOString()]);
  expect(code).toBe(0);
  await closeDatabase();
  await renameDatabases([name, lost], [backup, name]);
  return stdout;
}

function file(text: string): string {
  const path = join(folder, 'revocations.ndjson');
  writeFileSync(path, text);
  return path;
}

it('a desk on a restored database answers nothing, until the revocations are repeated', async () => {
  desk = await startDesk(caller);
  expect(await answers()).toEqual(right);
  await desk.close();
  const list = await restore();

  await beNew(url());
  desk = await startDesk(caller);
  expect(desk.isKnown).toBe(false);
  await until(() => desk?.own.lookup.role === 'restored');
  expect(await answers()).toEqual(all('503'));
  expect(await desk.read('/readyz')).toMatch(/^503 .*restored or copied/);
  expect(await desk.read('/healthz')).toMatch(/^200 /);
  expect(await desk.read('/metrics')).toMatch(/^keydesk_database_role{role="restored"} 1$/m);
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
  const others = await admin(['list-admins']);
  expect([others.code, others.stderr]).toEqual([1, expect.stringMatching(/after-restore/)]);
  expect((await admin(['audit', 'verify'])).code).toBe(0);

  const done = await admin(['after-restore', '--revocations', file(list)]);
  expect([done.code, done.stderr]).toEqual([0, expect.stringMatching(/^Using the database/)]);
  expect(done.stdout).toMatch(/3 keys ended.* 1 made after the backup/);
  expect(done.stdout).toMatch(/1 user disabled.*\n1 session and/);
  // Without a restart.
  await until(async () => (await desk?.ask(keys.kept.secret)) === 'VALID');
  expect(await answers()).toEqual(right);
  expect(await countRows('session')).toBe(0);
  expect(await verifyChain()).toMatchObject({ fault: null });
  const { rows } = await pagePool().query(
    `select actor, details from audit_event where action = 'database.after-restore'`,
  );
  expect(rows).toMatchObject([{ actor: 'system', details: { ended: 3, unknown: 1, users: 1 } }]);

  // Again: nothing is left to do, and the list is older than the database now.
  const again = await admin(['after-restore', '--revocations', file(list)]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/Nothing was changed/) });
  // A key that is switched on again by mistake does not revive its old secret.
  await switchKey(ada, { id: keys.regenerated.id, active: true });
  expect(await desk.ask(keys.regenerated.secret)).toBe('NOT_FOUND');
});

it('a replica that runs meanwhile finds another database under its name, and believes none', async () => {
  desk = await startDesk(caller);
  expect(await answers()).toEqual(right);
  const seen = new Set<string>();
  let over = false;
  const asking = (async () => {
    while (!over) seen.add(`${await desk?.ask(keys.deleted.secret)}`);
  })();
  await renameDatabases([name, lost], [backup, name]);
  await until(() => desk?.own.lookup.role === 'restored');
  expect(await answers()).toEqual(all('503'));
  over = true;
  await asking;
  expect([...seen].sort()).toEqual(['503', 'NOT_FOUND']);
});

it('a dump that an older release made has no row: a replica that runs sees it all the same', async () => {
  desk = await startDesk(caller);
  expect(await desk.ask(keys.kept.secret)).toBe('VALID');
  await onServer(addressOf(testServer(), backup), 'drop table database_identity');
  await renameDatabases([name, lost], [backup, name]);
  await until(() => desk?.own.lookup.role === 'restored');
  expect(await answers()).toEqual(all('503'));
  await desk.close();
  // The limit that the manual names: a start cannot tell.
  await beNew(url());
  await onServer(url(), await migration());
  desk = await startDesk(caller);
  expect(desk.isKnown).toBe(true);
});

it('words alone are enough, and the audit keeps them', async () => {
  await restore();
  await beNew(url());
  expect(await keepIdentity()).toBe(false);
  expect(await admin(['after-restore'])).toMatchObject({ code: 2 });
  expect(await admin(['after-restore', '--accept', 'short'])).toMatchObject({ code: 2 });
  const words = 'Nobody revoked anything: the desk was not in use.';
  expect(await admin(['after-restore', '--accept', words])).toMatchObject({ code: 0 });
  desk = await startDesk(caller);
  expect(await answers()).toEqual(all('VALID'));
  const { rows } = await pagePool().query(
    `select details from audit_event where action = 'database.after-restore'`,
  );
  expect(rows).toMatchObject([{ details: { accepted: words, sessions: 1 } }]);
  expect(await countRows('session')).toBe(0);
});

it('a list that leaves events out is refused, and so is a part of one', async () => {
  const list = await restore();
  await beNew(url());
  const refused = async (text: string) => {
    const { code, stderr } = await admin(['after-restore', '--revocations', file(text)]);
    expect(code).toBe(1);
    return stderr.split('\n').at(-2);
  };
  const lines = list.trimEnd().split('\n');
  expect(await refused('no list at all\n')).toMatch(/no audit events/);
  expect(await refused(lines.slice(0, -1).join('\n'))).toMatch(/does not tell of events/);
  expect(await refused(lines.slice(1).join('\n'))).toMatch(/does not tell of events/);
  expect(await refused('{"revocations":{"after":1,"through":2,"events":0}}')).toMatch(
    /ends with event 2, but/,
  );
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
});

it('lines of the log of events do as well, among others and behind prefixes', async () => {
  const events = (await readEventsAfter(database(), 3, 1_000)).map(eventMessage);
  await restore();
  await beNew(url());
  const lines = events.map((audit) => `keydesk-1  | ${JSON.stringify({ audit })}`);
  const log = ['Starting…', '{"event":"start"}', ...lines, ...lines.slice(2, 4)].join('\n');
  expect(await admin(['after-restore', '--revocations', file(log)])).toMatchObject({ code: 0 });
  desk = await startDesk(caller);
  expect(await answers()).toEqual(right);
});

it('an anchor that the audit does not contain makes any database a restored one', async () => {
  const { rows } = await pagePool().query(
    `select seq || ':' || encode(mac, 'hex') as head from audit_event order by seq desc limit 1`,
  );
  const AUDIT_ANCHOR = rows[0].head;
  expect(await keepIdentity(AUDIT_ANCHOR)).toBe(true);
  // A backup of all files, which looks like the same database.
  await restore();
  await beNew(url());
  await admin(['after-restore', '--accept', 'as if it were the same']);
  await beNew(url(), { AUDIT_ANCHOR });
  desk = await startDesk(caller);
  expect(desk.isKnown).toBe(false);
  expect(await answers()).toEqual(all('503'));
  await desk.close();
  // Another process, without the setting, knows it too. Once accepted, it is not asked for again.
  await beNew(url(), { AUDIT_ANCHOR: '' });
  expect(await keepIdentity()).toBe(false);
  await admin(['after-restore', '--accept', 'the events are lost, we know']);
  await beNew(url(), { AUDIT_ANCHOR });
  expect(await keepIdentity(AUDIT_ANCHOR)).toBe(true);
  process.env.AUDIT_ANCHOR = '';
});
