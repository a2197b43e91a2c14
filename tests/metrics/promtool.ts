import { spawnSync } from 'node:child_process';
import { debianTool } from '../helpers/debian-tool';

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

export const promtool = () => debianTool('promtool', 'prometheus');
