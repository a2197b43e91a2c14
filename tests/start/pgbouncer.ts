import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@/scripts/free-port';
import { testServer } from '../helpers/database-server';
import { requireProgram } from '../helpers/require-program';
import { until } from './processes';

/** The real PgBouncer in front of the tests' server. All clients connect as its user. */
export async function startPgBouncer(settings: Record<string, string>) {
  requireProgram('pgbouncer');
  const server = new URL(testServer());
  const port = await freePort('127.0.0.1');
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-pgbouncer-'));
  chmodSync(folder, 0o755);
  const file = join(folder, 'pgbouncer.ini');
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(
    file,
    `[databases]
* = host=${server.hostname} port=${server.port} user=${server.username} password=${server.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
${lines.join('\n')}\n`,
  );
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('pgbouncer', [...asNobody, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => (said += part));
  async function stop() {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
  await until(() => / process up/.test(said) || child.exitCode !== null);
  if (child.exitCode !== null || !(await answers(port))) throw new Error(`No PgBouncer: ${said}`);
  /** The address of a database through it. */
  const through = (address: string) => {
    const url = new URL(address);
    url.host = `127.0.0.1:${port}`;
    return url.href;
  };
  return { through, stop };
}

export type PgBouncer = Awaited<ReturnType<typeof startPgBouncer>>;

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
