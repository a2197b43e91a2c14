import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFailures } from './test/failures';
import { readPlan } from './test/plan';
import type { Failure, Timed } from './test/results';
import { slowest } from './test/slowest';
import { stopProgram } from './test/stage';
import { type Context, stages, watchStage } from './test/stages';

const plan = readPlan(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'keydesk-tests-'));
const context: Context = { plan, folder, cleanups: [] };
const known = [...stages, watchStage];
const chosen = plan.only.length > 0 ? known.filter(({ name }) => plan.only.includes(name)) : stages;
const tally = { passed: 0, failed: 0 };
const files: Timed[] = [];
const tests: Timed[] = [];
const failures: Failure[] = [];
const summary: string[] = [];
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    stopProgram();
  });
}

if (chosen.length === 0) {
  console.error(`--only takes: ${known.map(({ name }) => name).join(', ')}.`);
  tally.failed += 1;
}
const began = Date.now();
for (const { name, run } of chosen) {
  console.log(`\n== ${name}`);
  const stageBegan = Date.now();
  const result = await run(context).catch((error: Error) => {
    console.error(error.message);
    return { content: false, passed: 0, failed: 0, files: [], tests: [], failures: [] };
  });
  const content = result.content && result.failed === 0 && !interrupted;
  tally.passed += result.passed;
  // A stage that fails without a failed test (lint, types, build) must also count in the last line.
  tally.failed += content ? 0 : Math.max(1, result.failed);
  files.push(...result.files);
  tests.push(...result.tests);
  failures.push(...result.failures);
  summary.push(`${content ? 'ok    ' : 'FAILED'} ${name} (${seconds(stageBegan)} s)`);
  if (!content) break;
}
for (const cleanUp of context.cleanups.reverse()) await cleanUp();
// A database that lost its parent takes a moment to end.
rmSync(context.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

const left = chosen.slice(summary.length).map(({ name }) => `not run ${name}`);
if (files.length > 1) {
  console.log(`\n${slowest('The slowest files', files)}\n\n${slowest('The slowest tests', tests)}`);
}
console.log(`\n${[...summary, ...left].join('\n')}\n${seconds(began)} s in all\n`);
if (failures.length > 0) console.log(`${listFailures(failures)}\n`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 ? 1 : 0;

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(1);
}
