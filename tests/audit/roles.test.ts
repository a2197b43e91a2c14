import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { closeDatabase, database, pagePool } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { archiveEvents } from '@/lib/audit/archive-events';
import { recordEvent, systemActor } from '@/lib/audit/record-event';
import { verifyChain } from '@/lib/audit/verify-chain';
import { createKey } from '@/lib/keys/create-key';
import { useTestDatabase } from '../helpers/database';
import { countRows, keyRequest } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';

// Divides the superuser's database: its tables go to an owner, and the desk works as another role.
useTestDatabase();

const mark = `${process.pid}_${process.env.JEST_WORKER_ID}`;
const roles = { app: `keydesk_app_${mark}`, owner: `keydesk_own_${mark}` };
let superuserUrl = '';
let appUrl = '';
let ownerUrl = '';

const asRole = (name: string, path?: string) => {
  const url = new URL(superuserUrl);
  url.username = name;
  url.password = 'for tests';
  if (path) url.pathname = path;
  return url.href;
};

async function asSuperuser(text: string, connectionString = superuserUrl) {
  const client = new Client({ connectionString });
  await client.connect();
  return client.query(text).finally(() => client.end());
}

/** The SQLSTATE that PostgreSQL returns, or that the statement succeeded. */
async function answerTo(text: string, connectionString = appUrl): Promise<string> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(text);
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
}

const fresh = `/keydesk_roles_${mark}`;

beforeAll(async () => {
  superuserUrl = process.env.DATABASE_URL ?? '';
  for (const role of Object.values(roles)) {
    await asSuperuser(`create role ${role} login password 'for tests'`);
  }
  await asSuperuser(`create database ${fresh.slice(1)} owner ${roles.owner}`);
  await closeDatabase();
  superuserUrl = Object.assign(new URL(superuserUrl), { pathname: fresh }).href;
  appUrl = asRole(roles.app, fresh);
  ownerUrl = asRole(roles.owner, fresh);
  useSettings({ DATABASE_URL: appUrl });
  await migrateDatabase(appUrl, ownerUrl);
  await insertPeople();
  await insertUser('grace');
});

afterAll(async () => {
  await closeDatabase();
  const server = process.env.TEST_DATABASE_URL ?? '';
  await asSuperuser(`drop database ${fresh.slice(1)} with (force)`, server);
  for (const role of Object.values(roles)) await asSuperuser(`drop role ${role}`, server);
});

describe("the application's role", () => {
  it('does its work', async () => {
    expect((await createKey(ada, keyRequest('grace'))).outcome).toBe('created');
    expect(await verifyChain()).toMatchObject({ events: 1, fault: null });
    const { rows } = await pagePool().query('select current_user as name');
    expect(rows).toEqual([{ name: roles.app }]);
    expect(await answerTo('select max(created_at) from drizzle.__drizzle_migrations')).toBe('done');
  });

  it.each([
    [`update audit_event set actor = 'nobody'`],
    ['update audit_event set seq = seq where false'],
    ['select * from audit_event for update'],
    ['delete from audit_event'],
    ['delete from audit_event where seq = 1'],
    ['merge into audit_event e using (select 1) one on true when matched then delete'],
    [
      `insert into audit_event select * from audit_event on conflict (seq) do update set actor = 'x'`,
    ],
    ['truncate audit_event'],
    ['truncate directory_user cascade'],
    ['truncate session'],
    ['drop table audit_event'],
    ['drop table audit_event cascade'],
    ['drop trigger audit_event_append_only on audit_event'],
    ['alter table audit_event disable trigger audit_event_append_only'],
    ['alter table audit_event disable trigger all'],
    ['alter table audit_event rename to audit_event_away'],
    ['alter table audit_event drop column mac'],
    [`alter table audit_event alter column actor type text using 'x'`],
    [`alter table audit_event owner to ${roles.app}`],
    [
      'create trigger mine after insert on audit_event execute function suppress_redundant_updates_trigger()',
    ],
    ['create rule mine as on insert to audit_event do instead nothing'],
    [
      `create or replace function refuse_audit_change() returns trigger language plpgsql
        as 'begin return null; end'`,
    ],
    ['drop function refuse_audit_change() cascade'],
    [`alter function refuse_audit_change() owner to ${roles.app}`],
    ['create function mine() returns int language sql as $$ select 1 $$'],
    ['create table mine (id int)'],
    ['create schema mine'],
    ['create extension dblink'],
    ['drop schema public cascade'],
    [`set role ${roles.owner}`],
    ['set role pg_database_owner'],
    [`set session authorization ${roles.owner}`],
    ['set session_replication_role = replica'],
    [`grant update on audit_event to ${roles.app}`],
    [`grant ${roles.owner} to ${roles.app}`],
    [`alter role ${roles.app} superuser`],
    ['create role mine'],
    [`reassign owned by ${roles.owner} to ${roles.app}`],
    [`drop owned by ${roles.owner}`],
    [`copy audit_event from program 'true'`],
    [`select lo_import('/etc/passwd')`],
    ['delete from drizzle.__drizzle_migrations'],
    ['alter system set session_replication_role = replica'],
    ['update pg_class set relowner = 10'],
    ['begin; lock table audit_event in access exclusive mode'],
  ])('is refused by PostgreSQL: %s', async (statement) => {
    const before = await asSuperuser('select * from audit_event order by seq');
    const answer = await answerTo(statement);
    const after = await asSuperuser('select * from audit_event order by seq');
    expect(after.rows).toEqual(before.rows);
    expect(before.rows.length).toBeGreaterThan(0);
    // `grant` without the right to grant is only a warning, so check that it had no effect.
    if (/^grant update/.test(statement)) {
      expect(await answerTo(`update audit_event set actor = 'x'`)).toBe('42501');
    } else expect(answer).toBe('42501');
  });

  it('control: can be undone only by the owner', async () => {
    const swindle = `begin; alter table audit_event disable trigger all;
      update audit_event set actor = 'x'; rollback`;
    expect(await answerTo(swindle, ownerUrl)).toBe('done');
    expect(await answerTo(swindle)).toBe('42501');
  });
});

describe('an archive', () => {
  const archive = (ownerUrl: string | undefined) => {
    const path = join(mkdtempSync(join(tmpdir(), 'archive-')), 'audit.ndjson');
    return archiveEvents(systemActor, { before: new Date(), path, ownerUrl });
  };

  it('is made by the owner, and not by the role of the application', async () => {
    const before = await countRows('audit_event');
    await expect(archive(undefined)).rejects.toMatchObject({ cause: { code: '42501' } });
    expect(await countRows('audit_event')).toBe(before);
    expect(await archive(ownerUrl)).toMatchObject({ outcome: 'archived', first: 1 });
    expect(await verifyChain()).toMatchObject({ events: 1, archived: before, fault: null });
    // The protection is as it was.
    expect(await answerTo('delete from audit_event')).toBe('42501');
    expect(await answerTo('delete from audit_event', ownerUrl)).toBe('23001');
  });
});

describe('two addresses', () => {
  const refused = (app: string, owner = ownerUrl) => expect(migrateDatabase(app, owner)).rejects;

  it('must be of two roles', async () => {
    await refused(ownerUrl).toThrow(/must name different users/);
  });

  it('must be of one database', async () => {
    await refused(asRole(roles.app, '/postgres')).toThrow(/must name one database/);
  });

  it('are refused if the application is a member of the owner', async () => {
    await asSuperuser(`grant ${roles.owner} to ${roles.app}`);
    await refused(appUrl).toThrow(/can change audit events/);
    await asSuperuser(`revoke ${roles.owner} from ${roles.app}`);
  });

  it('are refused if the application is a superuser', async () => {
    await asSuperuser(`alter role ${roles.app} superuser`);
    await refused(appUrl).toThrow(/can change audit events/);
    await asSuperuser(`alter role ${roles.app} nosuperuser`);
  });

  it('are refused if everybody may create tables', async () => {
    await asSuperuser('grant create on schema public to public');
    await refused(appUrl).toThrow(/can make tables/);
    await asSuperuser('revoke create on schema public from public');
  });

  it('revoke further rights of the application', async () => {
    await asSuperuser(`grant update, truncate on audit_event to ${roles.app}`);
    await migrateDatabase(appUrl, ownerUrl);
    expect(await answerTo('truncate audit_event')).toBe('42501');
  });

  it('may be one address, once the schema is current', async () => {
    await migrateDatabase(appUrl, undefined);
    await database().transaction((tx) =>
      recordEvent(tx, ada, 'user.create', { type: 'user', id: null, label: 'grace' }),
    );
    expect(await countRows('audit_event', `target = 'grace'`)).toBe(1);
  });
});
