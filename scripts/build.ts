import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { markBuilt } from './build-freshness';

const standalone = '.next/standalone';
const startedAt = new Date();

const { status } = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
});
if (status !== 0) process.exit(status ?? 1);

// Next leaves both to a CDN, but our server serves everything itself.
cpSync('.next/static', join(standalone, '.next/static'), { recursive: true });
compressBeside(join(standalone, '.next/static'));
if (existsSync('public')) cpSync('public', join(standalone, 'public'), { recursive: true });
silenceGreeting();
for (const name of ['admin', 'verify']) await bundle(name);
// Next copies .env files, which may hold secrets, and would read them at start.
for (const name of readdirSync(standalone).filter((name) => /^\.env/.test(name))) {
  rmSync(join(standalone, name));
}
markBuilt(startedAt);

/**
 * The framework greets on standard output before `boot` replaces the console. Whoever reads the log expects JSON
 * from the first line. Errors go to standard error as before.
 */
function silenceGreeting() {
  const path = join(standalone, 'server.js');
  writeFileSync(path, `console.log = () => undefined;\n${readFileSync(path, 'utf8')}`);
}

/** Compressed copies, which `lib/http/compressed-files.ts` serves. */
function compressBeside(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(js|css)$/.test(name)) continue;
    const path = join(folder, name);
    const whole = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(whole));
    writeFileSync(`${path}.gz`, gzipSync(whole, { level: 9 }));
  }
}

/**
 * The image holds no sources, so each program is bundled into one file. Packages that Next has traced stay
 * outside.
 */
async function bundle(name: string) {
  const native = '@node-rs/argon2';
  const traced = ['pg', 'pino', 'prom-client'];
  const isBeside = (one: string) => existsSync(join(standalone, 'node_modules', one));
  await build({
    entryPoints: [`scripts/${name}.ts`],
    outfile: join(standalone, `${name}.mjs`),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['react-server'],
    external: [native, ...traced.filter(isBeside)],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
}
