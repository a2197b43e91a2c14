import { type Supervised, stopSupervised, supervise } from '../supervised';

let current: Supervised | undefined;

/**
 * Runs a program of a stage in sight of the user, and says whether it was content. Jest reports on
 * stderr, and on stdout once more as JSON.
 */
export async function runProgram(
  command: string[],
  environment: Record<string, string> = {},
  { silentOutput = false } = {},
): Promise<boolean> {
  current = supervise(command, {
    deathSignal: 'TERM',
    stdio: ['ignore', silentOutput ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment },
  });
  const { code } = await current.exited;
  current = undefined;
  return code === 0;
}

/** Playwright and Jest end their own processes on SIGINT. */
export async function stopProgram(): Promise<void> {
  if (current) await stopSupervised(current, 'SIGINT', 15_000);
}
