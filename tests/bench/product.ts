import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { isBuildNeeded } from '../../scripts/build-freshness';
import { Sentence } from '../../scripts/sentence';
import { environment } from '../verify/helpers/desk';
import { pepper } from './fill';

/** Set if tests run a bench. See `scripts/test/build.ts`. */
const given = process.env.KEYDESK_PRODUCT;
const built = join(given ?? '.next/standalone', 'server.js');
export const administrator = { username: 'ada', password: 'a long enough password' };

/** @throws Sentence if the product is not built, or the sources changed since */
export function requireBuild(): void {
  if (!given && isBuildNeeded())
    throw new Sentence('There is no build of what is here: npm run build.');
}

/** The built product on this database, with an administrator if there is none. */
export async function startProduct(url: string, page: number, port: number): Promise<ChildProcess> {
  const product = spawn(process.execPath, [built], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...environment(url, {
        KEY_PEPPER: `1:${pepper.key.toString('base64')}`,
        AUTH_URL: `http://localhost:${page}`,
        PORT: `${page}`,
        VERIFY_PORT: `${port}`,
        HOSTNAME: '127.0.0.1',
        ADMIN_USERNAME: administrator.username,
        ADMIN_PASSWORD: administrator.password,
        NEXT_MANUAL_SIG_HANDLE: 'true',
      }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let attempt = 0; attempt < 300; attempt++) {
    if (product.exitCode !== null) throw new Error(`The product ended with ${product.exitCode}.`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await ready?.arrayBuffer();
    if (ready?.status === 200) return product;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  product.kill();
  throw new Error('The product is not ready.');
}

/** Resident memory of the whole process in bytes, as it reports itself. */
export async function memoryOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
}
