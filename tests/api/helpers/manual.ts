import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { filledIn } from '../../manual/helpers/run-block';

const run = promisify(execFile);

/** The blocks of a page in this language, verbatim and in their order. */
function blocks(page: 'docs/management-api.md' | 'docs/rotate-keys.md', language: string) {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, kind]) => kind === language)
    .map(([, , code = '']) => code);
}

type Place = { url: string; secret: string };

const environment = ({ url, secret }: Place) => ({
  ...process.env,
  KEYDESK_URL: url,
  KEYDESK_SERVICE_KEY: secret,
});

/** Runs the commands of the page one after another. @returns what each of them printed */
export async function runCommands(place: Place): Promise<string[]> {
  const [address = '', ...commands] = blocks('docs/management-api.md', 'sh');
  if (!address.includes('export KEYDESK_URL=')) throw new Error('The page begins otherwise.');
  const printed: string[] = [];
  for (const command of commands) {
    const { stdout } = await run('sh', ['-ec', command], { env: environment(place) });
    printed.push(stdout);
  }
  return printed;
}

/** Runs the script that rotates keys. @returns what it printed */
export async function runRotation(place: Place, username: string): Promise<string> {
  const [script = ''] = blocks('docs/rotate-keys.md', 'js');
  const [command = ''] = blocks('docs/rotate-keys.md', 'sh');
  const cwd = mkdtempSync(join(tmpdir(), 'keydesk-rotate-'));
  writeFileSync(join(cwd, 'rotate.mjs'), script);
  const env = environment(place);
  return (await run('sh', ['-ec', filledIn(command, { grace: username })], { cwd, env })).stdout;
}

/** A proxy that loses the first answer to a POST after it was done. */
export async function startForgetfulProxy(upstream: string) {
  let lost = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url: path } = incoming;
    const asked = request(upstream + path, { method, headers }, (answer) => {
      if (method === 'POST' && lost === 0) {
        lost += 1;
        answer.resume().once('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, lost: () => lost, stop: () => server.close() };
}
