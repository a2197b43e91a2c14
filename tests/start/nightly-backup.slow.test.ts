import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateDatabase } from '@/db/migrate';
import { blocksOf, filledIn } from '../manual/helpers/run-block';
import {
  address,
  folder,
  makeOwner,
  runBlock,
  runSql,
  server,
  useManualServer,
} from './manual-server';

jest.setTimeout(120_000);
useManualServer();

const [block = '', ...noMore] = blocksOf('docs/backup.md', 'sh', 'Every night');
const script = () => filledIn(block, { '/var/backups/keydesk': join(folder, 'backups') });
const dumps = () => readdirSync(join(folder, 'backups')).sort();

it('keeps complete dumps of 30 days, and says when one failed', async () => {
  expect(noMore).toEqual([]);
  await runSql(makeOwner);
  await migrateDatabase(address('keydesk'), undefined);
  runBlock(script());
  const [dump = '', ...others] = dumps();
  expect(others).toEqual([]);
  expect(dump).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.dump$/);
  const list = join(server.programs, 'pg_restore');
  const content = execFileSync(list, ['--list', join(folder, 'backups', dump)], {
    encoding: 'utf8',
  });
  expect(content).toContain('TABLE DATA public api_key');

  const old = join(folder, 'backups', '2020-01-01T00:00:00Z.dump');
  writeFileSync(old, '');
  const daysAgo = (days: number) => Date.now() / 1_000 - days * 86_400;
  utimesSync(old, daysAgo(32), daysAgo(32));
  // Of another second than the next one.
  const young = join(folder, 'backups', '2020-02-01T00:00:00Z.dump');
  renameSync(join(folder, 'backups', dump), young);
  utimesSync(young, daysAgo(29), daysAgo(29));
  expect(() => runBlock(script().replace('//keydesk@', '//nobody@'))).toThrow();
  // A failed night removes nothing.
  expect(dumps().filter((name) => name.endsWith('.dump'))).toHaveLength(2);
  runBlock(script());
  expect(dumps().filter((name) => name.endsWith('.dump'))).toEqual([
    '2020-02-01T00:00:00Z.dump',
    expect.any(String),
  ]);
});
