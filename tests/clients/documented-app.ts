import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { blocksOf, runShell } from '../manual/helpers/run-block';

const page = 'docs/clients.md';

/** The block of the page that imports this, or this name of it. */
export function documentedBlock(imported: string, name = ''): string {
  const block = blocksOf(page, 'js').find((code) => code.includes(`${name} } from '${imported}'`));
  if (!block) throw new Error(`${page} has no block that imports ${imported}.`);
  return block;
}

/** What a reader has already: an app before the block, and a port after it, which is printed. */
const frames = {
  express: [
    `import express from 'express';\nconst app = express();`,
    `const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));`,
  ],
  fastify: [
    `import fastify from 'fastify';\nconst app = fastify();`,
    `console.log(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port);`,
  ],
  hono: [
    `import { Hono } from 'hono';\nimport { serve } from '@hono/node-server';\nconst app = new Hono();`,
    `serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(port));`,
  ],
};
export type Documented = keyof typeof frames;
export const documentedNames = Object.keys(frames) as Documented[];

/** A project of one's own, in which the package is installed as the page says, without a network. */
export async function openProject() {
  const cache = resolve('node_modules/.cache/keydesk');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'project-'));
  cpSync('clients/node', join(folder, 'vendor/keydesk-verify'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const [install = ''] = blocksOf(page, 'sh', 'Node');
  const quiet = { npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };
  await runShell(install, quiet, folder);
  writeFileSync(join(folder, 'verifier.js'), documentedBlock('@keydesk/verify'));

  /** Starts the block of a framework. @returns its address */
  async function start(name: Documented, env: Record<string, string>) {
    const [before, after] = frames[name];
    const block = documentedBlock(`@keydesk/verify/${name}`);
    const own = `import { verifier } from './verifier.js';`;
    writeFileSync(join(folder, `${name}.js`), [before, own, block, after].join('\n'));
    const child = spawn(process.execPath, [`${name}.js`], {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [port] = await once(createInterface({ input: child.stdout }), 'line');
    return `http://127.0.0.1:${port}`;
  }
  const children: ChildProcess[] = [];
  async function close() {
    for (const child of children) {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    rmSync(folder, { recursive: true });
  }
  return { folder, start, close };
}
