import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseProblem } from '@/db/database-problem';
import { DatabaseUnfitError } from '@/db/database-unfit';
import { RecoveryError } from '@/db/no-primary';
import { isBuildNeeded, markBuilt } from '@/scripts/build-freshness';
import { readEnvironment, withEmbeddedDefaults } from '@/scripts/start/environment';

const withCode = (code: string) =>
  Object.assign(new Error('postgresql://ada:hunter2@db'), { code });

describe('a database that cannot be used', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '28P01', '3D000', '42501'])(
    'gives one sentence for %s, without address or password',
    (code) => {
      expect(databaseProblem(withCode(code))).toMatch(/^The [^\n]*\.$/);
      expect(databaseProblem(withCode(code))).not.toMatch(/hunter2|:\/\//);
    },
  );

  it('is recognized behind both addresses of a name and behind a wrapped query', () => {
    expect(databaseProblem({ errors: [withCode('ECONNREFUSED')] })).toMatch(/nothing listens/);
    expect(databaseProblem(new Error('query', { cause: withCode('42501') }))).toMatch(/owner/);
  });

  it('is reported with the code and message of the server, in one line', () => {
    const said = (code: string, message: string) =>
      databaseProblem(Object.assign(new Error(message), { code }));
    expect(said('08P01', 'unsupported startup\nparameter:\u202e x')).toBe(
      'The database in DATABASE_URL cannot be used (08P01: unsupported startup parameter: x).',
    );
    const wrapped = new Error('Failed query: select hunter2', { cause: withCode('57P03') });
    expect(databaseProblem(wrapped)).toMatch(/\(57P03: …\)\.$/);
    const twice = ['::1', '127.0.0.1'].map((host) =>
      Object.assign(new Error(`connect ECONNREFUSED ${host}:1`), { code: 'ECONNREFUSED' }),
    );
    expect(databaseProblem(new AggregateError(twice))).toMatch(
      /\(connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127\.0\.0\.1:1\)\.$/,
    );
  });

  it('is named by what Keydesk itself found, also behind a wrapped query', () => {
    const unfit = new DatabaseUnfitError('A pooler is in the way.');
    const wrapped = new Error('Failed query: select hunter2', { cause: unfit });
    expect(databaseProblem(wrapped)).toBe('A pooler is in the way.');
    expect(databaseProblem(new Error('Failed query', { cause: new RecoveryError() }))).toMatch(
      /^The database is in recovery: .*\.$/,
    );
  });

  it('is not reported for an internal error', () => {
    expect(databaseProblem(new TypeError('x is not a function'))).toBeUndefined();
    expect(databaseProblem(withCode('EPIPE'))).toBeUndefined();
  });
});

describe('settings that the operator leaves out', () => {
  it('default to this machine only beside the embedded database', () => {
    expect(withEmbeddedDefaults({ PORT: '4000' })).toMatchObject({
      HOST: '127.0.0.1',
      AUTH_URL: 'http://localhost:4000',
    });
  });

  it("default to the administrator's name only if a password is given", () => {
    expect(withEmbeddedDefaults({ ADMIN_PASSWORD: 'x' }).ADMIN_USERNAME).toBe('admin');
    expect(withEmbeddedDefaults({ ADMIN_USERNAME: 'ada' }).ADMIN_USERNAME).toBeUndefined();
  });

  it('are completed: absolute paths, and a free port', async () => {
    const environment = await readEnvironment({ KEY_PEPPER_FILE: 'pepper', PORT: '0' });
    expect(environment.KEY_PEPPER_FILE).toBe(join(process.cwd(), 'pepper'));
    expect(Number(environment.PORT)).toBeGreaterThan(1023);
  });
});

describe('freshness of a build', () => {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-fresh-'));
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  it('requires a build at first, after a change and after a removal', () => {
    mkdirSync('app/keys', { recursive: true });
    mkdirSync('.next/standalone', { recursive: true });
    writeFileSync('app/keys/page.tsx', '');
    expect(isBuildNeeded()).toBe(true);
    writeFileSync('.next/standalone/server.js', '');
    const later = new Date(Date.now() + 1_000);
    markBuilt(later);
    expect(isBuildNeeded()).toBe(false);
    writeFileSync('jest.config.js', '');
    utimesSync('jest.config.js', later, new Date(Date.now() + 5_000));
    expect(isBuildNeeded()).toBe(false);
    utimesSync('app/keys/page.tsx', later, new Date(Date.now() + 5_000));
    expect(isBuildNeeded()).toBe(true);
    rmSync('app/keys/page.tsx');
    utimesSync('app/keys', later, new Date(Date.now() + 5_000));
    expect(isBuildNeeded()).toBe(true);
  });
});
