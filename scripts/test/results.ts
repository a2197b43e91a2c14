import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export type Timed = { name: string; seconds: number };
export type Failure = { name: string; reason: string };
export type Result = {
  passed: number;
  failed: number;
  /** Seconds of each file; for the browser, the sum of its tests. */
  files: Timed[];
  tests: Timed[];
  failures: Failure[];
};

type JestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    startTime: number;
    endTime: number;
    /** Why a file did not load, if it did not. */
    message?: string;
    assertionResults: {
      fullName: string;
      duration?: number | null;
      status?: string;
      failureMessages?: string[];
    }[];
  }[];
};
type Suite = {
  title: string;
  file?: string;
  suites?: Suite[];
  specs?: {
    title: string;
    tests: {
      projectName: string;
      status?: string;
      results: { duration: number; error?: { message?: string } }[];
    }[];
  }[];
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
    failures: testResults.flatMap(jestFailures),
  };
}

function jestFailures({
  name,
  message,
  assertionResults,
}: JestReport['testResults'][number]): Failure[] {
  const file = relative('.', name);
  if (assertionResults.length === 0 && message) return [{ name: file, reason: message }];
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => ({
      name: `${file}: ${fullName}`,
      reason: failureMessages?.[0] ?? '',
    }));
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
    failures: timed
      .filter(({ failed }) => failed)
      .map(({ file, title, reason }) => ({ name: `${file}: ${title}`, reason })),
  };
}

function testsOf(
  suite: Suite,
  file: string,
  above: string[],
): { file: string; title: string; seconds: number; failed: boolean; reason: string }[] {
  const own = (suite.specs ?? []).flatMap(({ title, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      file,
      title: `${[...above, title].join(' ')} (${projectName})`,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1_000,
      failed: status === 'unexpected' || status === 'flaky',
      reason: results.find(({ error }) => error)?.error?.message ?? '',
    })),
  );
  const below = (suite.suites ?? []).flatMap((one) => testsOf(one, file, [...above, one.title]));
  return [...own, ...below];
}

function read<Report>(path: string): Partial<Report> {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}
