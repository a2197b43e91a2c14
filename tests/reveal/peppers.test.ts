import { spawnSync } from 'node:child_process';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { bundled, nodeOptions } from '../helpers/bundled';
import { useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { testSettings, useSettings } from '../helpers/settings';

const older = testSettings.KEY_PEPPER;
const both = `2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=,${older}`;

useTestDatabase();

async function report(peppers: string) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...nodeOptions, await bundled('scripts/admin.ts'), 'peppers'],
    { env: { ...process.env, KEY_PEPPER: peppers }, encoding: 'utf8' },
  );
  return { stdout, stderr, status };
}

it('shows the keys on each version, and which of them prevent the removal of the old one', async () => {
  await insertPeople();
  await insertUser('grace');
  const [moved, idle] = [await makeKey(otto, 'grace'), await makeKey(otto, 'grace')];
  useSettings({ KEY_PEPPER: both });
  await regenerateKey(ada, { id: moved.id, version: 1 });
  const before = await report(both);
  expect(before.stdout).toContain('Version 1: 1 live keys, 1 former secrets\n');
  expect(before.stdout).toContain('Version 2: 1 live keys, 0 former secrets (newest)\n');
  expect(before.stdout).toMatch(/grace\tkd_....…....\tversion 1\tnever used/);
  expect(before.stdout).toContain(idle.secret.slice(-4));
  expect(before.stdout).not.toContain(idle.secret.slice(8, 40));
  expect(before.status).toBe(0);

  const tooEarly = await report(both.split(',')[0] ?? '');
  expect(tooEarly.stdout).toContain('Version 1: 1 live keys, 1 former secrets (not in KEY_PEPPER)');
  expect(tooEarly.stderr).toContain('KEY_PEPPER lacks a version that live keys need');
  expect(tooEarly.status).toBe(1);

  await regenerateKey(ada, { id: idle.id, version: 1 });
  const after = await report(both);
  expect(after.stdout).toContain('0 live keys, 2 former secrets (may be removed from KEY_PEPPER)');
}, 120_000);
