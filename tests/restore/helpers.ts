import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { closeDatabase } from '@/db/client';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { settings } from '@/lib/settings/settings';
import { createListener } from '@/lib/verify/listener';
import { openRoleLog } from '@/lib/verify/role-log';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { bundled, nodeOptions } from '../helpers/bundled';
import { dropDatabase, onServer, testServer } from '../helpers/database-server';
import { testSettings, useSettings } from '../helpers/settings';

/** Makes this process one that has not used any database yet, but that of this address. */
export async function beNew(url: string, more: Record<string, string> = {}): Promise<void> {
  await closeDatabase();
  delete (globalThis as { keydeskIdentity?: unknown }).keydeskIdentity;
  useSettings({ DATABASE_URL: url, ...more });
}

/** As at a start: names the database, and listens for services. `caller` is a secret that may verify. */
export async function startDesk(caller: string) {
  const isKnown = await keepIdentity(process.env.AUDIT_ANCHOR || undefined);
  const { DATABASE_URL, KEY_PEPPER } = settings();
  const own = openVerification({
    connectionString: DATABASE_URL,
    peppers: KEY_PEPPER,
    onRole: openRoleLog(),
  });
  const server = createListener(own);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let isOpen = true;
  return {
    isKnown,
    own,
    async ask(key: string): Promise<string> {
      const answer = await fetch(`${origin}/api/v1/verify`, {
        method: 'POST',
        headers: { authorization: `Bearer ${caller}` },
        body: JSON.stringify({ key }),
      });
      return answer.ok ? (await answer.json()).code : String(answer.status);
    },
    async read(path: string): Promise<string> {
      const answer = await fetch(origin + path);
      return `${answer.status} ${await answer.text()}`;
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      server.closeAllConnections();
      server.close();
      await closeVerification(own);
      await closeDatabase();
    },
  };
}

const execute = promisify(execFile);

/** Runs `admin.mjs` as an operator would, on the database of `DATABASE_URL`. */
export async function admin(args: string[], more: Record<string, string> = {}) {
  const command = [...nodeOptions, await bundled('scripts/admin.ts'), ...args];
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: process.env.DATABASE_URL ?? '',
    AUDIT_KEY: testSettings.AUDIT_KEY,
    ...more,
  } as unknown as NodeJS.ProcessEnv;
  try {
    const { stdout, stderr } = await execute(process.execPath, command, { env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

/** A copy of the whole database, which is what a restored dump is, but for the oids of its tables. */
export async function copyDatabase(from: string, to: string): Promise<string> {
  await closeDatabase();
  await dropDatabase(to);
  await onServer(testServer(), `create database ${to} template ${from}`);
  const url = new URL(testServer());
  url.pathname = `/${to}`;
  return url.href;
}

/** Gives each of two databases the name of the other, as the manual does, and ends their connections. */
export async function renameDatabases(...names: [from: string, to: string][]): Promise<void> {
  const client = new Client({ connectionString: testServer() });
  await client.connect();
  for (const [from, to] of names) {
    await client.query(`alter database ${from} allow_connections false`);
    await client.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${from}'`,
    );
    await client.query(`alter database ${from} rename to ${to}`);
    await client.query(`alter database ${to} allow_connections true`);
  }
  await client.end();
}
