import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProgram } from './test/stage';
import { type Context, stages } from './test/stages';

const only = process.argv.flatMap((word, index) =>
  process.argv[index - 1] === '--only' ? word.split(',') : [],
);
const words = process.argv.slice(2);
const context: Context = {
  folder: mkdtempSync(join(tmpdir(), 'keydesk-tests-')),
  cleanups: [],
  // What is neither an option nor the value of one says which tests Jest is to run.
  paths: words.filter((word, at) => word !== '--only' && words[at - 1] !== '--only'),
};
const chosen = stages.filter(({ name }) => only.length === 0 || only.includes(name));
const tally = { passed: 0, failed: 0 };
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
    stopProgram();
  });
}

if (chosen.length === 0) {
  console.error(`--only takes: ${stages.map(({ name }) => name).join(', ')}.`);
  tally.failed += 1;
}
const summary: string[] = [];
for (const { name, run } of chosen) {
  console.log(`\n== ${name}`);
  const began = Date.now();
  const result = await run(context).catch((error: Error) => {
    console.error(error.message);
    return { content: false, passed: 0, failed: 0 };
  });
  const content = result.content && result.failed === 0 && !interrupted;
  tally.passed += result.passed;
  // A stage that fails without a failed test (lint, types, build) must show in the last line too.
  tally.failed += content ? 0 : Math.max(1, result.failed);
  summary.push(`${content ? 'ok    ' : 'FAILED'} ${name} (${seconds(began)} s)`);
  if (!content) break;
}
for (const cleanUp of context.cleanups.reverse()) await cleanUp();
// A database that lost its parent takes a moment to end.
rmSync(context.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });

const left = chosen.slice(summary.length).map(({ name }) => `not run ${name}`);
console.log(`\n${[...summary, ...left].join('\n')}\n`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 ? 1 : 0;

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(1);
}
