import { writeFileSync } from 'node:fs';
import { onServer } from '../helpers/database-server';
import { closedFolder, refusedStart, removeFolders } from './processes';
import { secrets, withDatabase } from './start-settings';

jest.setTimeout(30_000);
afterAll(removeFolders);

describe('a start is refused in one sentence', () => {
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
});
