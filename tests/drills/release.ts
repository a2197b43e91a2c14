import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sentence } from '../../scripts/sentence';

/** The commit of each release that an upgrade is proved from. */
export const releases = { '0.1.0': 'bed5c83' } as const;

/**
 * Builds a release from its commit, in a folder outside the checkout. This takes about two minutes, unless
 * `PROVE_RELEASE` names the folder of a build.
 *
 * @returns the folder with `server.js`
 */
export function buildRelease(version: keyof typeof releases): string {
  if (process.env.PROVE_RELEASE) return process.env.PROVE_RELEASE;
  const folder = mkdtempSync(join(tmpdir(), `keydesk-${version}-`));
  const run = (file: string, ...args: string[]) =>
    execFileSync(file, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    execFileSync('git', ['worktree', 'add', '--detach', folder, releases[version]], {
      stdio: 'ignore',
    });
  } catch {
    throw new Sentence(`This needs the commit ${releases[version]}: git fetch --unshallow.`);
  }
  run('npm', 'ci', '--no-audit', '--no-fund');
  run('npm', 'run', 'build');
  const built = `${folder}-built`;
  cpSync(join(folder, '.next/standalone'), built, { recursive: true, verbatimSymlinks: true });
  execFileSync('git', ['worktree', 'remove', '--force', folder]);
  if (!existsSync(join(built, 'server.js'))) throw new Sentence('The release was not built.');
  return built;
}
