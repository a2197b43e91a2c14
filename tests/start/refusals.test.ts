import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { oldPostgres } from './old-postgres';
import { closedFolder, refusedStart, removeFolders } from './processes';
import { withDatabase } from './start-settings';

jest.setTimeout(30_000);
afterAll(removeFolders);

describe('a start is refused in one sentence', () => {
  it('for a wrong setting, by its name and without its value', async () => {
    const { code, said } = await refusedStart({
      DATA_DIR: closedFolder(),
      AUTH_SECRET: 'hunter2',
      KEY_PREFIX: 'NOT-A-PREFIX',
    });
    expect(code).toBe(1);
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^AUTH_SECRET must be 32 bytes/),
      expect.stringMatching(/^KEY_PREFIX must be 2 to 12/),
    ]);
    expect(said).not.toMatch(/hunter2|NOT-A-PREFIX/);
  });

  it.each(['PORT', 'VERIFY_PORT'])('for a %s in use', async (name) => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await refusedStart({ DATA_DIR: closedFolder(), [name]: String(port) });
    server.close();
    expect(answer).toEqual({
      code: 1,
      said: `Port ${port} on 127.0.0.1 is in use: set ${name} to another.`,
    });
  });

  it('for a database that does not answer', async () => {
    expect(await withDatabase('postgresql://ada:hunter2@127.0.0.1:1/keydesk')).toEqual({
      code: 1,
      said: 'The database in DATABASE_URL cannot be reached: nothing listens there (connect ECONNREFUSED 127.0.0.1:1).',
    });
    const unknownHost = await withDatabase('postgresql://ada:hunter2@nowhere.invalid/keydesk');
    expect(unknownHost.code).toBe(1);
    expect(unknownHost.said).toMatch(/^The database in DATABASE_URL cannot be reached: its host/);
    expect(unknownHost.said).not.toContain('hunter2');
  });

  it('for a PostgreSQL older than 15', async () => {
    const server = await oldPostgres();
    const { code, said } = await withDatabase(server.url);
    server.close();
    expect(code).toBe(1);
    expect(said).toBe('PostgreSQL 14.2 is too old: Keydesk needs PostgreSQL 15 or newer.');
  });
});
