import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The families of an exposition: names with types and texts, as our own reading of it finds them. */
export function families(text: string) {
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return types.map(([, name = '', type = '']) => ({
    name,
    type,
    help: new RegExp(`^# HELP ${name} (.+)$`, 'm').exec(text)?.[1] ?? '',
  }));
}

/** What the linter of Prometheus says, which is nothing if all is well. */
export function complaints(text: string): string {
  const { status, stdout, stderr } = spawnSync(promtool(), ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return status === 0 ? stdout + stderr : `${status}: ${stdout}${stderr}`;
}

/** The tool alone, because the package would start a server. */
export function promtool(): string {
  try {
    return execFileSync('sh', ['-c', 'command -v promtool'], { encoding: 'utf8' }).trim();
  } catch {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const run = (...command: [string, ...string[]]) =>
      execFileSync(command[0], command.slice(1), { cwd: folder, stdio: 'pipe' });
    run('apt-get', 'download', 'prometheus');
    run('sh', '-c', 'dpkg-deb --extract prometheus_*.deb .');
    return join(folder, 'usr/bin/promtool');
  }
}
