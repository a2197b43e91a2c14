import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFailures } from '@/scripts/test/failures';
import { readPlan } from '@/scripts/test/plan';
import { jestResult, playwrightResult } from '@/scripts/test/results';
import { slowest } from '@/scripts/test/slowest';

const folder = mkdtempSync(join(tmpdir(), 'keydesk-runner-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: object): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('the arguments of npm test', () => {
  it.each([
    [[], []],
    [['tests/keys/keys.test.ts'], ['jest']],
    [['tests/browser/keys.spec.ts'], ['build', 'browser']],
    [['tests/start'], ['jest', 'build', 'browser']],
    [['--watch'], ['watch']],
    [['--slow'], ['build', 'jest', 'browser']],
    [['--slow', 'tests/keys/keys.test.ts'], ['jest']],
    [
      ['--only', 'lint,types'],
      ['lint', 'types'],
    ],
  ])('%j runs the stages %j', (words, stages) => {
    expect(readPlan(words).only).toEqual(stages);
  });

  it('pass unknown words to the test runner', () => {
    const plan = readPlan(['tests/keys', '-t', 'a key']);
    expect([plan.paths, plan.options]).toEqual([['tests/keys'], ['-t', 'a key']]);
  });
});

describe('the result of a run', () => {
  it('counts a test file that does not load as a failure', () => {
    const counts = { numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 2 };
    expect(jestResult(report(counts))).toMatchObject({ passed: 3, failed: 3 });
  });

  it('counts a test that passed at a second try as a failure', () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2 };
    const result = playwrightResult(report({ stats, errors: [{}] }));
    expect(result).toMatchObject({ passed: 4, failed: 4 });
    expect(playwrightResult(join(folder, 'missing'))).toMatchObject({ passed: 0, failed: 0 });
  });

  it('names what failed in Jest, with the reason, or why a file did not load', () => {
    const failureMessages = ['\u001b[31mexpected 1\n\n  received 2\u001b[39m'];
    const testResults = [
      {
        name: 'a.test.ts',
        assertionResults: [
          { fullName: 'it counts', status: 'failed', failureMessages },
          { fullName: 'it adds', status: 'passed' },
        ],
      },
      { name: 'b.test.ts', message: 'no such module', assertionResults: [] },
    ];
    const { failures } = jestResult(report({ testResults }));
    expect(listFailures(failures)).toBe(
      'FAILED a.test.ts: it counts\n    expected 1\n      received 2\nFAILED b.test.ts\n    no such module',
    );
  });

  it('names what failed in the browser', () => {
    const results = [{ duration: 1, error: { message: 'no such button' } }];
    const tests = [{ projectName: 'starts', status: 'unexpected', results }];
    const suites = [{ title: 'a', file: 'a.spec.ts', specs: [{ title: 'b', tests }] }];
    expect(playwrightResult(report({ suites })).failures).toEqual([
      { name: 'tests/browser/a.spec.ts: b (starts)', reason: 'no such button' },
    ]);
    const many = Array.from({ length: 12 }, () => ({ name: 'a', reason: '' }));
    expect(listFailures(many)).toContain('and 2 more');
  });

  it('lists the slowest files and tests', () => {
    const testResults = [3, 1, 2].map((seconds) => ({
      name: `${seconds}.test.ts`,
      startTime: 0,
      endTime: seconds * 1_000,
      assertionResults: [{ fullName: 'it waits', duration: seconds * 500 }],
    }));
    const { files, tests } = jestResult(report({ testResults }));
    expect(slowest('Files', files)).toBe(
      'Files\n    3.0 s  3.test.ts\n    2.0 s  2.test.ts\n    1.0 s  1.test.ts',
    );
    expect(slowest('Tests', tests)).toContain('1.5 s  3.test.ts: it waits');
  });

  it('adds up the tests of a file in the browser', () => {
    const spec = (title: string, duration: number) => ({
      title,
      tests: [{ projectName: 'with JavaScript', results: [{ duration }] }],
    });
    const inner = { title: 'a search', specs: [spec('finds', 1_500)] };
    const suites = [{ title: 'a', file: 'a.spec.ts', specs: [spec('b', 500)], suites: [inner] }];
    const { files, tests } = playwrightResult(report({ suites }));
    expect(files).toEqual([{ name: 'tests/browser/a.spec.ts', seconds: 2 }]);
    expect(tests.map(({ name }) => name)).toEqual([
      'tests/browser/a.spec.ts: b (with JavaScript)',
      'tests/browser/a.spec.ts: a search finds (with JavaScript)',
    ]);
  });
});
