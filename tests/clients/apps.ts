import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { requireKey as expressKey } from '../../clients/node/express.js';
import { requireKey as fastifyKey } from '../../clients/node/fastify.js';
import { requireKey as honoKey } from '../../clients/node/hono.js';
import { createVerifier, type VerifierOptions } from '../../clients/node/index.js';
import { freePort } from '../../scripts/free-port';
import { until } from '../helpers/waiting';
import { documentedBlock } from './documented-app';

export type App = {
  /** Asks for `/reports/7`, which needs the scope `reports:read`, or for another path. */
  ask(headers: Record<string, string>, path?: string): Promise<Response>;
  stop(): Promise<unknown>;
};

const path = '/reports/7';
const scopes = ['reports:read'];
type Seen = { keyId: string; user: { username: string } } | undefined;
const shown = (key: Seen) => ({ id: '7', keyId: key?.keyId, username: key?.user.username });

async function startExpress(options: VerifierOptions): Promise<App> {
  const app = express();
  app.get('/reports/:id', expressKey(createVerifier(options), { scopes }), (request, response) => {
    response.json(shown(request.keydesk));
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    ask: (headers) => fetch(`http://127.0.0.1:${port}${path}`, { headers }),
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function startFastify(options: VerifierOptions): Promise<App> {
  const app = fastify();
  const onRequest = fastifyKey(createVerifier(options), { scopes });
  app.get('/reports/:id', { onRequest }, async (request) => shown(request.keydesk));
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { ask: (headers) => fetch(`${url}${path}`, { headers }), stop: () => app.close() };
}

async function startHono(options: VerifierOptions): Promise<App> {
  const app = new Hono();
  const guard = honoKey(createVerifier(options), { scopes, ip: () => '127.0.0.1' });
  app.get('/reports/:id', guard, (c) => c.json(shown(c.get('keydesk'))));
  return { ask: async (headers) => app.request(path, { headers }), stop: async () => undefined };
}

/** Puts the two blocks of docs/clients.md for Next.js into an app: a route, and the proxy. */
function writeDocumented(folder: string) {
  const [route = '', proxy = ''] = ['withKey', 'refuseWithoutKey'].map((name) =>
    documentedBlock('@keydesk/verify/next', name),
  );
  mkdirSync(join(folder, 'app/documented'));
  const own = (path: string) => `import { verifier } from '${path}/verifier.js';\n`;
  writeFileSync(join(folder, 'app/documented/route.js'), own('../..') + route);
  writeFileSync(join(folder, 'proxy.js'), own('.') + proxy);
}

/** A real Next.js, in a copy of `next-app` with the package installed as users install it. */
async function startNext({ url, serviceKey }: VerifierOptions): Promise<App> {
  const cache = resolve('node_modules/.cache/keydesk');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'next-app-'));
  cpSync('tests/clients/next-app', folder, { recursive: true });
  cpSync('clients/node', join(folder, 'node_modules/@keydesk/verify'), { recursive: true });
  writeDocumented(folder);
  const port = await freePort();
  const next = resolve('node_modules/next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'dev', '-H', '127.0.0.1', '-p', `${port}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'development' },
      ...{ NEXT_TELEMETRY_DISABLED: '1', PACKAGES_ROOT: process.cwd() },
      ...{ KEYDESK_URL: url, KEYDESK_SERVICE_KEY: serviceKey },
    },
  });
  await untilReady(child);
  return {
    ask: (headers, other = path) => fetch(`http://127.0.0.1:${port}${other}`, { headers }),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'close');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Goes on reading, because a process that cannot print fails. */
async function untilReady(child: ChildProcess) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += part));
  await until(() => said.includes('Ready') || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(said);
}

export const frameworks = {
  express: startExpress,
  fastify: startFastify,
  hono: startHono,
  next: startNext,
};
