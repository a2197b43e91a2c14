import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export type Timed = { name: string; seconds: number };
export type Result = {
  passed: number;
  failed: number;
  /** Seconds of each file; for the browser, the sum of its tests. */
  files: Timed[];
  tests: Timed[];
};

type JestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    startTime: number;
    endTime: number;
    assertionResults: { fullName: string; duration?: number | null }[];
  }[];
};
type Suite = {
  title: string;
  file?: string;
  suites?: Suite[];
  specs?: { title: string; tests: { projectName: string; results: { duration: number }[] }[] }[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: unknown[];
  suites: Suite[];
};

/** A file that does not load has no tests to count, but must not look like success. */
export function jestResult(path: string): Result {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numRuntimeErrorTestSuites = 0,
    testResults = [],
  } = read<JestReport>(path);
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    files: testResults.map(({ name, startTime, endTime }) => ({
      name: relative('.', name),
      seconds: (endTime - startTime) / 1_000,
    })),
    tests: testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, duration }) => ({
        name: `${relative('.', name)}: ${fullName}`,
        seconds: (duration ?? 0) / 1_000,
      })),
    ),
  };
}

/**
 * Playwright names files relative to its configuration. No test is retried, so a test that Playwright calls
 * flaky has failed.
 */
export function playwrightResult(path: string): Result {
  const { stats, errors = [], suites = [] } = read<PlaywrightReport>(path);
  const { expected = 0, flaky = 0, unexpected = 0 } = stats ?? {};
  const timed = suites.flatMap((suite) =>
    testsOf(suite, join('tests/browser', suite.file ?? suite.title), []),
  );
  const files = new Map<string, number>();
  for (const { file, seconds } of timed) files.set(file, (files.get(file) ?? 0) + seconds);
  return {
    passed: expected,
    failed: unexpected + flaky + errors.length,
    files: [...files].map(([name, seconds]) => ({ name, seconds })),
    tests: timed.map(({ file, title, seconds }) => ({ name: `${file}: ${title}`, seconds })),
  };
}

function testsOf(
  suite: Suite,
  file: string,
  above: string[],
): { file: string; title: string; seconds: number }[] {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests.map(({ projectName, results }) => ({
      file,
      title: `${[...above, title].join(' ')} (${projectName})`,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1_000,
    })),
  );
  const below = (suite.suites ?? []).flatMap((one) => testsOf(one, file, [...above, one.title]));
  return [...own, ...below];
}

function read<Report>(path: string): Partial<Report> {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
