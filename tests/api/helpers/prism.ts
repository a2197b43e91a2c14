import { spawn } from 'node:child_process';
import { freePort } from '../../../scripts/free-port';
import { type Client, clientFor } from './api-client';

const program = '@stoplight/prism-cli@5.16.0';

/**
 * Runs Prism between a client and Keydesk. It holds each request and each answer against the description, and
 * replaces those that differ by an error of its own.
 */
export async function startProxy(upstream: string, secret: string) {
  const port = await freePort();
  const description = `${upstream}/api/v1/openapi.json`;
  const prism = spawn(
    'npx',
    ['--yes', program, 'proxy', description, upstream, '--errors', '--port', `${port}`],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let said = '';
  for (const stream of [prism.stdout, prism.stderr]) stream.on('data', (text) => (said += text));
  const stop = () => process.kill(-(prism.pid ?? 0), 'SIGTERM');
  try {
    await untilListening(() => said);
  } catch (error) {
    stop();
    throw error;
  }
  return { ...watched(clientFor(`http://127.0.0.1:${port}`, secret)), stop };
}

async function untilListening(said: () => string) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (/Prism is listening/.test(said())) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Prism does not listen: ${said()}`);
}

/** The client, and what Prism said about its requests and their answers. */
function watched(client: Client) {
  const violations: string[] = [];
  let answers = 0;
  client.use({
    async onResponse({ request, response }) {
      answers += 1;
      const found = response.headers.get('sl-violations');
      const text = response.ok ? '' : await response.clone().text();
      const own = text.includes('stoplight.io') ? text : null;
      if (found || own) violations.push(`${request.method} ${request.url}: ${found ?? own}`);
    },
  });
  return { client, violations, answers: () => answers };
}
