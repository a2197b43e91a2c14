import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const next = resolve('node_modules/next/dist/bin/next');

/** The least that Next can show 25 rows with: text in a table, made anew for each request. */
const files = {
  // Its packages are linked to, and lie outside of it.
  'next.config.mjs': `export default {
    turbopack: { root: '/' },
    outputFileTracingRoot: '/',
    rewrites: () => [{ source: '/apart', destination: '/' }],
    headers: () => [
      { source: '/apart', headers: [{ key: 'Cross-Origin-Opener-Policy', value: 'same-origin' }] },
    ],
  };`,
  'package.json': '{"private":true,"type":"module"}',
  'app/layout.js': `
    import { createElement as h } from 'react';
    export default ({ children }) => h('html', { lang: 'en' }, h('body', null, children));`,
  'app/page.js': `
    import { createElement as h } from 'react';
    export const dynamic = 'force-dynamic';
    export default function Page() {
      const cells = (n) => [n, 'user ' + n, 'kd_AbCd…wXyZ', 'Active', '', '2026-01-01', 'Never', 'Never'];
      const rows = Array.from({ length: 25 }, (_, n) => n + 1);
      return h('main', null, h('h1', null, 'API keys'), h('table', null, h('tbody', null, rows.map((n) =>
        h('tr', { key: n }, cells(n).map((text, at) => h('td', { key: at }, text)))))));
    }`,
};

/**
 * Builds it with the Next of this project, and serves it. Outside of the project, whose start and proxy
 * Next would else take for its own.
 */
export async function startBareNext(port: number): Promise<{ stop: () => void }> {
  const app = mkdtempSync(join(tmpdir(), 'keydesk-bare-next-'));
  mkdirSync(join(app, 'app'));
  symlinkSync(resolve('node_modules'), join(app, 'node_modules'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, name), text);
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const { status, stdout } = spawnSync(process.execPath, [next, 'build', app], { env, cwd: app });
  if (status !== 0) throw new Error(`The bare page was not built: ${stdout}`);
  const server = spawn(
    process.execPath,
    [next, 'start', app, '-p', String(port), '-H', '127.0.0.1'],
    { env, cwd: app, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const stop = () => {
    server.kill();
    rmSync(app, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if ((await answer?.text())?.includes('user 25')) return { stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop();
  throw new Error('The bare page is not served.');
}
