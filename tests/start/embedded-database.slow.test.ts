import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateDatabase } from '@/db/migrate';
import { bundled, nodeOptions } from '../helpers/bundled';
import {
  closedFolder,
  isAlive,
  ownFolder,
  postgresIn,
  query,
  removeFolders,
  run,
  runScript,
  until,
} from './processes';

jest.setTimeout(60_000);
afterAll(removeFolders);

describe('a first start', () => {
  it('removes the files of a start that was killed while creating the database', async () => {
    const folder = closedFolder();
    const draft = join(folder, 'postgres.draft-999999999');
    mkdirSync(draft, { recursive: true });
    const owner = await ownFolder(folder);
    expect(existsSync(draft)).toBe(false);
    owner.child.kill('SIGTERM');
    await owner.ended;
  });
});

describe('the two roles', () => {
  it('are set up in an older folder, where the desk owned everything', async () => {
    const folder = closedFolder();
    const first = await ownFolder(folder);
    const superuser = new URL(first.url);
    superuser.username = 'postgres';
    superuser.password = readFileSync(join(folder, 'postgres-password'), 'utf8');
    await query(superuser.href, 'alter database keydesk owner to keydesk');
    await migrateDatabase(first.deskUrl, undefined);
    await query(superuser.href, 'reassign owned by keydesk_owner to keydesk');
    first.child.kill('SIGTERM');
    await first.ended;

    const second = await ownFolder(folder);
    await migrateDatabase(second.deskUrl, second.url);
    expect(await query(second.deskUrl, 'select count(*)::int as events from audit_event')).toEqual([
      { events: 0 },
    ]);
    second.child.kill('SIGTERM');
    await second.ended;
  });
});

describe('first starts at once', () => {
  it('leave one running and a complete database if both are the first', async () => {
    const folder = closedFolder();
    const starts = await Promise.all([ownFolder(folder), ownFolder(folder), ownFolder(folder)]);
    const winners = starts.filter(({ url }) => url);
    expect(winners).toHaveLength(1);
    for (const loser of starts.filter(({ url }) => !url)) {
      expect(loser.said().trim()).toBe(`Keydesk is already running on ${folder}.`);
    }
    const winner = winners[0]!;
    expect(await query(winner.deskUrl, 'select current_user::text as who')).toEqual([
      { who: 'keydesk' },
    ]);
    winner.child.kill('SIGTERM');
    expect(await winner.ended).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
  });
});

describe('a start that is killed', () => {
  it('also recovers if the database was killed', async () => {
    const folder = closedFolder();
    const owner = await ownFolder(folder);
    await query(owner.url, 'create table note as select 1 as id');
    process.kill(postgresIn(folder)!, 'SIGKILL');
    owner.child.kill('SIGKILL');
    await owner.ended;
    const after = await ownFolder(folder);
    expect(await query(after.url, 'select id from note')).toEqual([{ id: 1 }]);
    after.child.kill('SIGTERM');
    await after.ended;
  });

  it('ends in order when npm, which runs it, is killed behind the shell of the script', async () => {
    const folder = closedFolder();
    const owner = await bundled('tests/start/owner.ts');
    const inner = [process.execPath, ...nodeOptions, owner, folder].join(' ');
    const npm = `const { spawn } = require('node:child_process');
      spawn('sh', ['-c', ${JSON.stringify(`${inner}; true`)}], { stdio: 'inherit' });`;
    const runner = run([process.execPath, '-e', npm], { npm_lifecycle_event: 'start' });
    await until(() => runner.said().includes('ready'));
    const pid = postgresIn(folder)!;
    runner.child.kill('SIGKILL');
    await until(() => !isAlive(pid), 10);
  });
});

describe('an existing folder', () => {
  it('has its remaining server stopped', async () => {
    const folder = closedFolder();
    const first = await ownFolder(folder);
    first.child.kill('SIGTERM');
    await first.ended;
    const port = new URL(first.url).port;
    await (await runScript('tests/start/left-over.ts', [join(folder, 'postgres'), port])).ended;
    await until(() => postgresIn(folder) !== undefined);
    const leftOver = postgresIn(folder)!;

    const second = await ownFolder(folder);
    expect(second.url).not.toBe('');
    expect(isAlive(leftOver)).toBe(false);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});
