import { existsSync } from 'node:fs';
import { database, pagePool } from '@/db/client';
import { startSession } from '@/lib/sessions/session';
import { shownDatabase } from '@/scripts/shown-database';
import { useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { insertUser } from '../helpers/people';
import { testSettings } from '../helpers/settings';
import { closedFolder, ownFolder, removeFolders, runScript } from './processes';

jest.setTimeout(60_000);
useTestDatabase();
afterAll(removeFolders);

async function admin(args: string[], environment: Record<string, string>) {
  const command = await runScript('scripts/admin.ts', args, environment);
  const code = await command.ended;
  return { code, said: command.said().trim() };
}

const withDatabase = () => ({
  DATABASE_URL: process.env.DATABASE_URL ?? '',
  AUDIT_KEY: testSettings.AUDIT_KEY,
});

describe('a command of the administrator', () => {
  it.each(['list-admins', 'end-sessions', 'peppers'])(
    'makes no database: %s refuses where there is none',
    async (command) => {
      const folder = closedFolder();
      const { code, said } = await admin([command], { DATA_DIR: folder });
      expect(code).toBe(1);
      expect(said).toMatch(/^DATABASE_URL is not set, and no desk was ever started with DATA_DIR/);
      expect(existsSync(folder)).toBe(false);
    },
  );

  it('names the database it uses, without user and password', async () => {
    const { code, said } = await admin(['list-admins'], withDatabase());
    expect(code).toBe(0);
    expect(said.split('\n')[0]).toMatch(
      /^Using the database keydesk_test_\w+ at 127\.0\.0\.1:\d+\.$/,
    );
    expect(said).not.toMatch(/postgres:test/);
  });

  it('uses the embedded database of a started desk, and says so', async () => {
    const folder = closedFolder();
    const owner = await ownFolder(folder);
    const listed = await admin(['list-admins'], { DATA_DIR: folder });
    owner.child.kill('SIGTERM');
    await owner.ended;
    expect(listed.said).toMatch(
      /^Using the embedded database in .*data\.\nThere is no administrator yet/,
    );
  });

  it('audit verify fails without events', async () => {
    const { code, said } = await admin(['audit', 'verify'], withDatabase());
    expect(code).toBe(1);
    expect(said).toContain('There are no events: nothing was verified.');
  });

  it('end-sessions signs everybody out, at once, and is audited', async () => {
    const id = await insertUser('ada', { role: 'admin' });
    const visit = { address: '192.0.2.1', userAgent: 'Jest' };
    for (let browser = 0; browser < 3; browser++) await startSession(database(), id, visit);
    const { code, said } = await admin(['end-sessions'], withDatabase());
    expect([code, said.split('\n').at(-1)]).toEqual([0, '3 sessions were ended.']);
    expect(await countRows('session')).toBe(0);
    const { rows } = await pagePool().query('select actor, action, target from audit_event');
    expect(rows).toMatchObject([{ action: 'session.sign-out-everywhere', target: 'everybody' }]);
  });
});

test.each([
  ['postgresql://k:s3cret@db.example:5433/desk', 'the database desk at db.example:5433'],
  ['postgresql://k:s3cret@db.example/desk?sslmode=require', 'the database desk at db.example:5432'],
  ['postgresql:///desk?host=/run/postgresql', 'the database desk at /run/postgresql'],
  ['no address at all: s3cret', 'the database in DATABASE_URL'],
])('a database is shown without its password: %s', (address, expected) => {
  expect(shownDatabase(address)).toBe(expected);
});
