import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ApiLoad, ApiLoadResult } from './api-load';

/** A process of callers that stays from run to run. */
export async function startCallers() {
  const child = fork('tests/bench/api-load.ts', { execArgv: ['--import', 'tsx'] });
  const said = async () => (await once(child, 'message'))[0];
  await said();
  const run = async (options: ApiLoad): Promise<ApiLoadResult> => {
    const result = said();
    child.send(options);
    return result;
  };
  return { run, stop: () => child.kill() };
}
