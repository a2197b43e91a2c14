import { type Supervised, supervise } from '../supervised';

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

/** As Ctrl-C in a terminal would: the program and all that it has started. */
export async function stopProgram(): Promise<void> {
  const stopping = current;
  if (!stopping?.child.pid) return;
  signalGroup(stopping.child.pid, 'SIGINT');
  const patience = setTimeout(() => signalGroup(stopping.child.pid ?? 0, 'SIGKILL'), 10_000);
  await stopping.exited;
  clearTimeout(patience);
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
