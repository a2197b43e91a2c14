import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type Plan = {
  /** Names of stages; all of them if there are none. */
  only: string[];
  /** Files and folders of tests; all of them if there are none. */
  paths: string[];
  /** Options for the test runner. */
  options: string[];
  watch: boolean;
  extent: Extent;
};

/**
 * What is run, and for how long: `quick` leaves out files named `*.slow.*` and most journeys without JavaScript, `slow`
 * runs what `quick` leaves out, `named` whatever the paths name. `full` runs everything, and repeats as often as is promised.
 */
export type Extent = 'quick' | 'slow' | 'named' | 'full';

/** Reads the words after `npm test --`. Unknown words go to the test runner. */
export function readPlan(words: string[]): Plan {
  const plan: Plan = { only: [], paths: [], options: [], watch: false, extent: 'quick' };
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--only') plan.only.push(...(left.shift() ?? '').split(','));
    else if (word === '--full') plan.extent = 'full';
    else if (word === '--slow') plan.extent = 'slow';
    else if (word === '--watch') plan.watch = true;
    else if (plan.options.length === 0 && existsSync(word)) plan.paths.push(word);
    else plan.options.push(word);
  }
  if (plan.extent !== 'full' && plan.paths.length > 0) plan.extent = 'named';
  if (plan.only.length === 0) plan.only = stagesFor(plan);
  return plan;
}

/** The options by which Jest finds the files of a run. */
export function filesOf(extent: Extent): string[] {
  const slow = String.raw`\.slow\.test\.tsx?$`;
  if (extent === 'quick') return [`--testPathIgnorePatterns=${slow}`];
  return extent === 'slow' ? [`--testPathPatterns=${slow}`] : [];
}

/** A file needs only its own runner: Jest for `.test.ts`, Playwright for `.spec.ts`. */
function stagesFor({ paths, watch, extent }: Plan): string[] {
  if (watch) return ['watch'];
  if (extent === 'slow') return ['build', 'jest', 'browser'];
  const files = paths.flatMap(filesIn);
  const jest = files.some((file) => /\.test\.tsx?$/.test(file)) ? ['jest'] : [];
  const browser = files.some((file) => file.endsWith('.spec.ts')) ? ['build', 'browser'] : [];
  return [...jest, ...browser];
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
}
