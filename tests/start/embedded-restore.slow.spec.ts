import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { findOnPath } from '../../scripts/supervised';
import { productSource } from '../helpers/product';
import { writeProgram } from '../helpers/stand-ins';
import { blocksOf, filledIn } from '../manual/helpers/run-block';
import { makeKeys, npmStart, passwordIn, verdictOn } from './npm-start';
import { closedFolder, postgresIn, removeFolders, until } from './processes';

test.describe.configure({ timeout: 120_000 });
test.afterAll(removeFolders);

const [block = '', ...noMore] = blocksOf('docs/restore.md', 'sh', 'With the embedded database');

test('docs/restore.md: a copy of DATA_DIR comes back without the keys that were switched off since', async () => {
  expect(noMore).toEqual([]);
  const place = dirname(closedFolder());
  const folder = join(place, '.data');
  const stop = async ({ child, ended }: Awaited<ReturnType<typeof npmStart>>) => {
    child.kill('SIGTERM');
    await ended;
    await until(() => postgresIn(folder) === undefined);
  };
  // The checkout is elsewhere, and the last command is ours.
  writeProgram(
    place,
    'npm',
    `[ "$1" = start ] || exec ${findOnPath('npm')} --prefix ${productSource()} "$@"`,
  );
  const sh = (commands: string) =>
    execFileSync('sh', ['-ec', commands], {
      cwd: place,
      stdio: 'pipe',
      env: { ...process.env, DATA_DIR: folder, PATH: `${place}${delimiter}${process.env.PATH}` },
    });

  const first = await npmStart(folder);
  const keys = await makeKeys(first.address, passwordIn(first.said()));
  const { keyId } = await verdictOn(keys, first.address);
  await stop(first);
  cpSync(folder, join(place, 'copy'), { recursive: true, preserveTimestamps: true });
  sh(`chown -R --reference=${folder}/postgres ${place}/copy/postgres`);
  const copied = new Date().toISOString();
  const second = await npmStart(folder);
  sh(`npm run admin -- keys deactivate ${keyId}`);
  expect(await verdictOn(keys, second.address)).toMatchObject({ code: 'INACTIVE' });
  await stop(second);

  sh(
    filledIn(block, {
      '<time of the copy>': copied,
      '/backup/data': join(place, 'copy'),
      'revocations.ndjson': join(place, 'revocations.ndjson'),
    }),
  );
  const third = await npmStart(folder);
  expect(await verdictOn(keys, third.address)).toMatchObject({ code: 'INACTIVE' });
  await stop(third);
});
