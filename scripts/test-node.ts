/**
 * `npm run test:node -- 24` starts Keydesk under that major of Node.js, makes a key, verifies it and stops.
 * The program is in the package that the npm package `node` would download by an install script.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const major = process.argv[2] ?? '';
if (!/^\d+$/.test(major)) {
  console.error('Say which major: npm run test:node -- 24');
  process.exit(2);
}
const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const folder = resolve(`node_modules/.cache/keydesk/node-${major}`);
mkdirSync(folder, { recursive: true });
run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `${name}@${major}`]);
const programs = join(folder, 'node_modules', name, 'bin');
run(join(programs, 'node'), ['--version']);
run('npm', ['test', '--', 'tests/start/whole-start.spec.ts'], {
  KEYDESK_NODE_FOLDER: programs,
  KEYDESK_NODE_MAJOR: major,
});

function run(command: string, args: string[], environment: Record<string, string> = {}): void {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) process.exit(status ?? 1);
}
