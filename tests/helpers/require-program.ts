import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs a Debian package if possible. Without it the test must fail. */
export function requireProgram(name: string): void {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`]);
  } catch {
    installPackage(name);
  }
}

/** Installs the Debian package that has this file, if the file is missing. */
export function requireFile(path: string, name: string): void {
  if (!existsSync(path)) installPackage(name);
}

export function installPackage(name: string): void {
  if (process.getuid?.() !== 0) throw new Error(`This test needs ${name}: install it, please.`);
  // Without its service, because a system daemon would take the usual ports.
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  execFileSync(
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', name],
    { env: environment },
  );
}
