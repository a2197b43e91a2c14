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
  /** Whether repetitions run at full length. */
  full: boolean;
};

/** Reads the words after `npm test --`. Unknown words go to the test runner. */
export function readPlan(words: string[]): Plan {
  const plan: Plan = { only: [], paths: [], options: [], watch: false, full: false };
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--only') plan.only.push(...(left.shift() ?? '').split(','));
    else if (word === '--full') plan.full = true;
    else if (word === '--watch') plan.watch = true;
    else if (plan.options.length === 0 && existsSync(word)) plan.paths.push(word);
    else plan.options.push(word);
  }
  if (plan.only.length === 0) plan.only = stagesFor(plan);
  return plan;
}

/** A file needs only its own runner: Jest for `.test.ts`, Playwright for `.spec.ts`. */
function stagesFor({ paths, watch }: Plan): string[] {
  if (watch) return ['watch'];
  const files = paths.flatMap(filesIn);
  const jest = files.some((file) => /\.test\.tsx?$/.test(file)) ? ['jest'] : [];
  const browser = files.some((file) => file.endsWith('.spec.ts')) ? ['build', 'browser'] : [];
  return [...jest, ...browser];
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
}
