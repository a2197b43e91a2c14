import { DrizzleQueryError } from 'drizzle-orm';
import fc from 'fast-check';
import { describeError } from '@/lib/log/described-error';
import { openLog } from '@/lib/log/log';
import { plainWords } from '@/lib/log/quiet-console';
import { shownPath, wordsOf } from '@/lib/log/shown-path';

function logged(fields: Record<string, unknown>): string[] {
  const lines: string[] = [];
  openLog('debug', (line) => lines.push(line)).info(fields, 'test');
  return lines;
}

describe('a line', () => {
  const hostile = [
    '\r\n{"level":"info"}',
    '\u001b[2J\u001b]0;title\u0007',
    '\u009b31m',
    '\u0000\u007f\u0085\u2028\u2029',
    '\u202eevil\u2066',
    '"},{"',
    '\\',
    '\ud800',
  ];
  const name = fc
    .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' })))
    .map((parts) => parts.join(''));

  it('is one line of ASCII that parses to the same values, for 200 hostile names', () => {
    fc.assert(
      fc.property(name, (text) => {
        const [line = '', ...more] = logged({ reason: text });
        expect(more).toEqual([]);
        expect(line).toMatch(/^[ -~]+\n$/);
        expect(JSON.parse(line)).toMatchObject({ level: 'info', event: 'test', reason: text });
      }),
      { numRuns: 200 },
    );
  });
});

describe('an error', () => {
  const secret = 'kd_a secret\n    at kd_secret (/app/lib/kd_secret.js:1:2)';
  const refused = Object.assign(new Error(`Key (name)=(${secret}) exists`), {
    ...{ code: '23505', constraint: 'api_key_name', detail: secret, table: 'api_key' },
  });
  const failed = new DrizzleQueryError('insert', [secret], refused);

  it('is logged with name, code and frames, without its message', () => {
    expect(String(failed.stack)).toContain('kd_secret');
    const told = describeError(failed);
    expect(JSON.stringify(told)).not.toMatch(/kd_|secret|exists/);
    expect(told).toMatchObject({
      name: 'DrizzleQueryError < Error',
      code: '23505',
      constraint: 'api_key_name',
    });
    expect(told.stack?.[0]).toMatch(/log\.test\.ts:\d+:\d+$/);
  });

  it('has no frames if its message cannot be separated from them', () => {
    const changed = new Error(secret);
    expect(changed.stack).toContain('kd_secret.js');
    changed.message = 'another';
    expect(describeError(changed).stack).toEqual([]);
  });

  it('is found if NextAuth has wrapped it', () => {
    const wrapped = new Error('see below', { cause: { err: failed } });
    expect(describeError(wrapped)).toMatchObject({ code: '23505' });
  });

  it.each([
    ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432'],
    ['53300', 'too many connections for role "keydesk"'],
    ['57014', 'canceling statement due to statement timeout'],
    ['55P03', 'canceling statement due to lock timeout'],
    [undefined, 'timeout expired'],
    [undefined, 'Connection terminated unexpectedly'],
  ])('gives the reason if its words are fixed (%s)', (code, words) => {
    const error = Object.assign(new Error(words), code && { code });
    expect(describeError(error)).toMatchObject({ reason: words, code });
    const wrapped = new DrizzleQueryError('insert', [secret], error);
    expect(describeError(wrapped)).toMatchObject({ reason: words, code });
    expect(JSON.stringify(describeError(wrapped))).not.toContain('kd_');
  });

  it.each([
    ['22P02', 'invalid input syntax for type uuid: "kd_secret"'],
    ['42601', 'syntax error at or near "kd_secret"'],
    ['P0001', 'kd_secret'],
    ['EAUTH', 'Invalid login: 535 kd_secret'],
    ['ERR_INVALID_ARG_VALUE', 'Received kd_secret'],
    [undefined, 'timeout expired of kd_secret'],
  ])('control: gives none if it may contain values (%s)', (code, words) => {
    const told = describeError(Object.assign(new Error(words), code && { code }));
    expect(JSON.stringify(told)).not.toContain('kd_');
    expect(told.reason).toBeUndefined();
  });

  it('for a name with two addresses has the reason of the first', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1:5432'), {
      code: 'ECONNREFUSED',
    });
    const both = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' });
    expect(describeError(both)).toMatchObject({ reason: 'connect ECONNREFUSED ::1:5432' });
  });

  it('with foreign frames only shows these', () => {
    const foreign = new Error('of theirs');
    foreign.stack = `Error: of theirs\n    at Pool.connect (/app/node_modules/pg-pool/index.js:45:11)`;
    expect(describeError(foreign).stack).toEqual(['Pool.connect index.js:45:11']);
  });

  it('may be any thrown value', () => {
    expect(describeError('kd_secret')).toEqual({ name: 'string' });
    expect(JSON.stringify(describeError({ code: 'kd_secret' }))).not.toContain('kd_');
  });
});

test('a path shows only words of the routes and ids of records', () => {
  const id = '0190a5b2-0000-7000-8000-000000000000';
  const words = wordsOf({
    '/(desk)/keys/[id]/page': '/keys/[id]',
    '/api/v1/verify/route': '/api/v1/verify',
  });
  expect(shownPath(`/keys/${id}?username=x`, words)).toBe(`/keys/${id}`);
  expect(shownPath('/', words)).toBe('/');
  expect(shownPath('/api/v1/verify/kd_secret', words)).toBe('/api/v1/verify/:other');
  expect(shownPath('/hunter2/%0a#x', words)).toBe('/:other/:other');
  expect(shownPath('/keys/[id]', words)).toBe('/keys/:other');
});

test('only plain words are kept of what the framework prints', () => {
  expect(plainWords(['⨯', 'Failed to find the server action "kd_secret".'])).toBe(
    '… Failed to find the server action …',
  );
  expect(plainWords(['Failed to handle request for /keys?q=hunter2'])).toBe(
    'Failed to handle request for …',
  );
  expect(plainWords(['postgres://a:hunter2@host'])).toBeUndefined();
});
