import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { onServer } from '../helpers/database-server';
import { oldPostgres } from './old-postgres';
import { closedFolder, refusedStart, removeFolders } from './processes';

jest.setTimeout(30_000);
afterAll(removeFolders);

const secrets = {
  AUTH_URL: 'https://keys.example.org',
  AUTH_SECRET: 'b2f1c7d0a94e4b0f8c3d5e6f7a8b9c0d1e2f',
  KEY_PEPPER: `1:${Buffer.from('a pepper that is 32 bytes long!!').toString('base64')}`,
  AUDIT_KEY: Buffer.from('an audit key with 32 bytes here!').toString('base64'),
};

const withDatabase = (url: string) => refusedStart({ ...secrets, DATABASE_URL: url });

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

  it('for a DATA_DIR that is not a folder', async () => {
    const path = closedFolder();
    writeFileSync(path, '');
    expect(await refusedStart({ DATA_DIR: path })).toEqual({
      code: 1,
      said: 'DATA_DIR must be a folder that we can read and write: it is a file.',
    });
    expect((await refusedStart({ DATA_DIR: `${path}/data` })).said).toBe(
      'DATA_DIR must be a folder that we can read and write: a part of the path is a file.',
    );
  });

  it('for verification alone without a database, or in development', async () => {
    const alone = { ROLE: 'verify', KEY_PEPPER: secrets.KEY_PEPPER };
    expect(await refusedStart({ ...alone, DATA_DIR: closedFolder() })).toEqual({
      code: 1,
      said: 'ROLE=verify needs DATABASE_URL: the embedded database belongs to the process with the pages.',
    });
    const url = 'postgresql://k@127.0.0.1:1/keydesk';
    const wrong = await refusedStart({ ROLE: 'verify', DATABASE_URL: url, AUTH_SECRET: 'x' });
    expect(wrong).toEqual({ code: 1, said: expect.stringMatching(/^KEY_PEPPER is required: .*$/) });
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

  it('for a server that refuses the user, or has no such database', async () => {
    const given = process.env.TEST_DATABASE_URL;
    if (!given) throw new Error('TEST_DATABASE_URL names the server for tests: run npm test');
    const wrong = new URL(given);
    wrong.password = 'hunter2';
    expect(await withDatabase(wrong.href)).toEqual({
      code: 1,
      said: `The database refuses the user or the password in DATABASE_URL (28P01: password authentication failed for user "${wrong.username}").`,
    });
    const missing = new URL(given);
    missing.pathname = '/no_such_database';
    expect(await withDatabase(missing.href)).toEqual({
      code: 1,
      said: 'The database named in DATABASE_URL does not exist: create it (3D000: database "no_such_database" does not exist).',
    });
    const role = `keydesk_full_${process.pid}`;
    await onServer(given, `create role ${role} login connection limit 0 password 'hunter2'`);
    const full = new URL(given);
    full.username = role;
    full.password = 'hunter2';
    expect(await withDatabase(full.href)).toEqual({
      code: 1,
      said: `The database has no connection left (53300: too many connections for role "${role}").`,
    });
    await onServer(given, `drop role ${role}`);
  });

  it('for a PostgreSQL older than 15', async () => {
    const server = await oldPostgres();
    const { code, said } = await withDatabase(server.url);
    server.close();
    expect(code).toBe(1);
    expect(said).toBe('PostgreSQL 14.2 is too old: Keydesk needs PostgreSQL 15 or newer.');
  });
});
