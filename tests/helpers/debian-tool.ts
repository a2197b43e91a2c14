import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The path of a tool. Takes the tool alone out of its Debian package, which may be large or start a server. */
export function debianTool(name: string, fromPackage: string): string {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    const folder = mkdtempSync(join(tmpdir(), `${fromPackage}-`));
    const run = (...command: [string, ...string[]]) =>
      execFileSync(command[0], command.slice(1), { cwd: folder, stdio: 'pipe' });
    run('apt-get', 'download', fromPackage);
    run('sh', '-c', `dpkg-deb --extract ${fromPackage}_*.deb .`);
    return join(folder, 'usr/bin', name);
  }
}
