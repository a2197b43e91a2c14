import type { StdioOptions } from 'node:child_process';
import { type Supervised, supervise } from '../supervised';

let current: Supervised | undefined;

type Options = {
  cwd?: string;
  /** Jest reports on stderr, and again on stdout as JSON. */
  silentOutput?: boolean;
  /** For a program that reads the keyboard. */
  interactive?: boolean;
};

/** Runs a program of a stage with visible output. Returns whether it succeeded. */
export async function runProgram(
  command: string[],
  environment: Record<string, string> = {},
  { cwd, silentOutput = false, interactive = false }: Options = {},
): Promise<boolean> {
  const stdio: StdioOptions = [
    interactive ? 'inherit' : 'ignore',
    silentOutput ? 'ignore' : 'inherit',
    'inherit',
  ];
  current = supervise(command, {
    deathSignal: 'TERM',
    stdio,
    cwd,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment },
  });
  const { code } = await current.exited;
  current = undefined;
  return code === 0;
}

/** Stops the program and its children like Ctrl-C in a terminal. */
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
