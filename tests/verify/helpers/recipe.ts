import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../../helpers/require-program';

/** The first fenced block of this language in the documentation, so that the documented text is tested. */
export function recipe(language: string, replacements: Record<string, string>): string {
  const page = readFileSync(join(process.cwd(), 'docs/gateways.md'), 'utf8');
  let text = page.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`The ${language} recipe does not mention ${from}.`);
    text = text.replaceAll(from, to);
  }
  return text;
}

export async function startNginx(http: string, port: number): Promise<ChildProcess> {
  requireProgram('nginx');
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
     ${process.getuid?.() === 0 ? 'user root;' : ''}
     events { worker_connections 512; }
     http { access_log off; ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
     ${http} }`,
  );
  return started(
    spawn('nginx', ['-p', folder, '-e', `${folder}/error.log`, '-c', 'nginx.conf']),
    port,
    folder,
  );
}

export async function startCaddy(site: string, port: number): Promise<ChildProcess> {
  requireProgram('caddy');
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-caddy-'));
  writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
  const environment = {
    ...process.env,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  return started(
    spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], {
      env: environment,
    }),
    port,
    folder,
  );
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

/** The service behind the gateway. It answers with the headers that it received. */
export async function openBackend() {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    // Read to the end, because a gateway that is still sending takes an early answer for a broken connection.
    request.resume();
    request.once('end', () => response.end(JSON.stringify(request.headers)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port, seen, close };
}
