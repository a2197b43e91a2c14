import { readdirSync, readFileSync } from 'node:fs';
import { database, pagePool } from '@/db/client';
import { eventMessage } from '@/lib/audit/event-message';
import { readEventsAfter } from '@/lib/audit/list-events-after';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { addressOf, onServer, testServer } from '../helpers/database-server';
import { countRows } from '../helpers/keys';
import { until } from '../helpers/waiting';
import {
  all,
  answers,
  backup,
  caller,
  file,
  keys,
  lost,
  name,
  now,
  restore,
  right,
  url,
  useBackedUpDesk,
} from './backed-up-desk';
import { admin, beNew, renameDatabases, startDesk } from './helpers';

jest.setTimeout(60_000);
useBackedUpDesk();

function migration(): string {
  const file = readdirSync('db/migrations').find((one) => one.endsWith('_database_identity.sql'));
  return readFileSync(`db/migrations/${file}`, 'utf8');
}

it('a dump that an older release made has no row: a replica that runs sees it all the same', async () => {
  now.desk = await startDesk(caller);
  expect(await now.desk.ask(keys.kept.secret)).toBe('VALID');
  await onServer(addressOf(testServer(), backup), 'drop table database_identity');
  await renameDatabases([name, lost], [backup, name]);
  await until(() => now.desk?.own.lookup.role === 'restored');
  expect(await answers()).toEqual(all('503'));
  await now.desk.close();
  // The limit that the manual names: a start cannot tell.
  await beNew(url());
  await onServer(url(), await migration());
  now.desk = await startDesk(caller);
  expect(now.desk.isKnown).toBe(true);
});

it('words alone are enough, and the audit keeps them', async () => {
  await restore();
  await beNew(url());
  expect(await keepIdentity()).toBe(false);
  expect(await admin(['after-restore'])).toMatchObject({ code: 2 });
  expect(await admin(['after-restore', '--accept', 'short'])).toMatchObject({ code: 2 });
  const words = 'Nobody revoked anything: the desk was not in use.';
  expect(await admin(['after-restore', '--accept', words])).toMatchObject({ code: 0 });
  now.desk = await startDesk(caller);
  expect(await answers()).toEqual(all('VALID'));
  const { rows } = await pagePool().query(
    `select details from audit_event where action = 'database.after-restore'`,
  );
  expect(rows).toMatchObject([{ details: { accepted: words, sessions: 1 } }]);
  expect(await countRows('session')).toBe(0);
});

it('lines of the log of events do as well, among others and behind prefixes', async () => {
  const events = (await readEventsAfter(database(), 3, 1_000)).map(eventMessage);
  await restore();
  await beNew(url());
  const lines = events.map((audit) => `keydesk-1  | ${JSON.stringify({ audit })}`);
  const log = ['Starting…', '{"event":"start"}', ...lines, ...lines.slice(2, 4)].join('\n');
  expect(await admin(['after-restore', '--revocations', file(log)])).toMatchObject({ code: 0 });
  now.desk = await startDesk(caller);
  expect(await answers()).toEqual(right);
});
