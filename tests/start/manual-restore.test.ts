import { migrateDatabase } from '@/db/migrate';
import { bringBack } from './manual-restore';
import {
  address,
  commandsOf,
  makeApplication,
  makeOwner,
  runBlock,
  runSql,
  useManualServer,
} from './manual-server';

jest.setTimeout(120_000);
useManualServer();

it('what the manual says brings a desk back', () => bringBack({ how: 'own', roles: 'two' }));

it('control: the role of the desk can neither dump nor create a database', async () => {
  await runSql(makeOwner);
  await runSql(makeApplication);
  await migrateDatabase(address('keydesk_app'), address('keydesk'));
  const { backUp, fill } = commandsOf('own');
  expect(() => runBlock(backUp.replace('//keydesk@', '//keydesk_app@'))).toThrow();
  expect(() => runBlock(fill.replace('//postgres@', '//keydesk@'))).toThrow(
    'permission denied to create database',
  );
});
