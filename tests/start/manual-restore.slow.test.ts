import { closeDatabase, pagePool } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { deleteKey } from '@/lib/keys/change-key';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { makeKey } from '../helpers/keys';
import { ada } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { until } from '../helpers/waiting';
import {
  addPeople,
  bringBack,
  forget,
  macsOf,
  pepper,
  saysOf,
  setUp,
  setUps,
} from './manual-restore';
import {
  address,
  commandsOf,
  makeOwner,
  runBlock,
  runProgram,
  runSql,
  server,
  useManualServer,
} from './manual-server';

jest.setTimeout(120_000);
useManualServer();

// The first of them is in manual-restore.test.ts.
it.each(setUps.slice(1, times(4, 2)))(
  'what the manual says brings a desk back ($how, $roles)',
  bringBack,
);

it.each(setUps.slice(0, times(4, 2)))(
  'what the manual says brings a desk back on a new machine ($how, $roles)',
  async ({ how, roles }) => {
    const start = await setUp({ how, roles });
    expect(await start()).toBe(true);
    await addPeople();
    const kept = await makeKey(ada, 'grace');
    const { backUp, fill, rename, accept } = commandsOf(how);
    runBlock(backUp);
    await closeDatabase();
    for (const statement of ['drop database keydesk with (force)', makeOwner.split(';\n')[1] ?? ''])
      await server.sql(statement);

    runBlock(fill);
    runBlock(rename);
    expect(await start()).toBe(false);
    expect(await saysOf(kept.secret)).toBe('no answer');
    runBlock(accept);
    expect(await start()).toBe(true);
    expect(await saysOf(kept.secret)).toBe('good');
  },
);

it('a dump restored into the same database is noticed under open connections', async () => {
  await runSql(makeOwner);
  useSettings({ DATABASE_URL: address('keydesk') });
  forget();
  await migrateDatabase(address('keydesk'), undefined);
  expect(await keepIdentity()).toBe(true);
  await addPeople();
  const revoked = await makeKey(ada, 'grace');
  runBlock(commandsOf('own').backUp);
  await deleteKey(ada, revoked.id);
  const own = openVerification({ connectionString: address('keydesk'), peppers: [pepper()] });
  await until(() => own.lookup.connected === 2);
  const said = new Set<string>();
  const ask = async () => {
    const found = await own.lookup.ask(macsOf(revoked.secret)).catch(() => null);
    const [first] = [...(found?.values() ?? [])];
    said.add(first ? String(first.key.dead) : found ? 'unknown' : 'no answer');
  };
  let over = false;
  const asking = (async () => {
    while (!over) await ask();
  })();
  await runProgram('pg_restore', '--clean', '--no-owner', `--dbname=${address('keydesk')}`);
  await until(() => own.lookup.role === 'restored');
  over = true;
  await asking;
  await closeVerification(own);
  // Between the tables and their rows the key is not there yet.
  expect(said.has('true')).toBe(true);
  expect(said.has('false')).toBe(false);
  await closeDatabase();
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
});
