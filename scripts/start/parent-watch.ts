import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Calls `orphaned` once when the npm process that runs this one has ended, because a killed npm sends no
 * signal. The shell of the script may be between the two and would stay.
 */
export function watchParent(orphaned: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const { name, parent: grandparent } = describe(parent) ?? {};
  const behindShell = /^(sh|ash|dash|bash|busybox|zsh)$/.test(name ?? '');
  const isOrphaned = () =>
    process.ppid !== parent || (behindShell && describe(parent)?.parent !== grandparent);
  const timer = setInterval(
    () => {
      if (!isOrphaned()) return;
      clearInterval(timer);
      orphaned();
    },
    process.platform === 'linux' ? 500 : 2_000,
  );
  timer.unref();
}

function describe(pid: number): { name: string; parent: number } | undefined {
  try {
    const [, name = '', parent] =
      process.platform === 'linux'
        ? (/^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [])
        : (/^\s*(?:\S*\/)?(\S+)\s+(\d+)/.exec(ps(pid)) ?? []);
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

const ps = (pid: number) =>
  execFileSync('ps', ['-o', 'comm=,ppid=', '-p', String(pid)], { encoding: 'utf8' });
