import { existsSync, readFileSync } from 'node:fs';

export type Tally = { passed: number; failed: number };

const read = (path: string) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});

/** A file that does not even load has no tests to count, and must not look like success. */
export function jestTally(path: string): Tally {
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = read(path);
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

export function playwrightTally(path: string): Tally {
  const { stats = {}, errors = [] } = read(path);
  const { expected = 0, flaky = 0, unexpected = 0 } = stats;
  return { passed: expected + flaky, failed: unexpected + errors.length };
}
