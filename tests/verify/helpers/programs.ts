import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../../helpers/require-program';

export const isRoot = process.getuid?.() === 0;

/** A folder that the user of the program can enter as well. Only root can enter the folder of a run of tests. */
export function folderFor(name: string): string {
  const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), `keydesk-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}

export async function startNginx(http: string, port: number): Promise<ChildProcess> {
  requireProgram('nginx');
  const folder = folderFor('nginx');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
     ${isRoot ? 'user root;' : ''}
     events { worker_connections 512; }
     http { access_log off; ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
     ${http} }`,
  );
  const options = ['-p', folder, '-e', `${folder}/error.log`, '-c', 'nginx.conf'];
  return started(spawn('nginx', options), port, folder);
}

export async function startCaddy(site: string, port: number): Promise<ChildProcess> {
  requireProgram('caddy');
  const folder = folderFor('caddy');
  writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const options = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
  return started(spawn('caddy', options, { env: { ...process.env, ...home } }), port, folder);
}

/** @param files more files, by the path that the configuration gives them */
export async function startHaproxy(
  text: string,
  port: number,
  files: Record<string, string> = {},
): Promise<ChildProcess> {
  requireProgram('haproxy');
  const folder = folderFor('haproxy');
  const config = withFiles(text, folder, files);
  writeFileSync(join(folder, 'haproxy.cfg'), config);
  return started(spawn('haproxy', ['-db', '-q', '-f', join(folder, 'haproxy.cfg')]), port, folder);
}

/** Writes files into a folder. @returns the text with their new paths */
export function withFiles(text: string, folder: string, files: Record<string, string>): string {
  return Object.entries(files).reduce((all, [path, content]) => {
    if (!all.includes(path)) throw new Error(`The configuration does not mention ${path}.`);
    const moved = join(folder, path.split('/').pop() ?? '');
    writeFileSync(moved, content);
    return all.replaceAll(path, moved);
  }, text);
}

/** Waits until a gateway listens. */
export async function started(
  child: ChildProcess,
  port: number,
  folder: string,
): Promise<ChildProcess> {
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isOpen(port)) return child;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error(`The gateway did not start: ${said}`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
