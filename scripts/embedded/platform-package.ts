import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { codeOf } from '../sentence';

type Link = { source: string; target: string };

/**
 * Does the work of the package's install script, because npm packs no symbolic links and many installations
 * run no scripts.
 *
 * @returns the folder of its programs
 */
export function completePackage(root: string): string {
  const list = join(root, 'native/pg-symlinks.json');
  const links: Link[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) addLink(join(root, source), join(root, target));
  const programs = join(root, 'native/bin');
  for (const name of readdirSync(programs)) makeRunnable(join(programs, name));
  return programs;
}

function addLink(source: string, target: string) {
  if (existsSync(target)) return;
  try {
    const from = dirname(target);
    symlinkSync(join(relative(from, dirname(source)), basename(source)), target);
  } catch (error) {
    // Another start was faster.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** With an umask of 077, only root could run the programs, and PostgreSQL refuses to run as root. */
function makeRunnable(program: string) {
  const { mode } = statSync(program);
  if ((mode & 0o100) === 0 || (process.getuid?.() === 0 && (mode & 0o001) === 0))
    chmodSync(program, mode | 0o555);
}
