import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { Client } from 'pg';
import { freePort } from '../../scripts/free-port';
import { copyDatabase, dropDatabase } from '../helpers/database-server';
import { product, templateOfDesks } from '../helpers/product';
import { testSettings } from '../helpers/settings';

export type Desk = {
  url: string;
  verifyUrl: string;
  /** Where it listens, whatever its public address is. */
  probeUrl: string;
  /** What the server has printed so far. */
  log: () => string;
  query: <Row>(text: string, values?: unknown[]) => Promise<Row[]>;
  addUser: (username: string, more?: NewUser) => Promise<string>;
  /** Ends the server like an operator: it reports for 5 s that it is not ready. */
  end: () => Promise<void>;
  /** Ends the server at once, with its database. */
  stop: () => Promise<void>;
};

type NewUser = {
  active?: boolean;
  role?: 'viewer' | 'operator' | 'admin' | null;
  /** Users with a password and a role can sign in. */
  password?: string | null;
};
type First = { username: string; password: string };

type Options = {
  /** The folder of the build. */
  folder?: string;
  /** The port it listens on; a free one by default. */
  port?: number;
  /** Further settings, which may depend on the address of the database. */
  settings?: (database: URL) => Record<string, string>;
};

/** Runs the production build on a migrated database of its own. */
export async function startDesk(
  first: First,
  { folder = product(), port: given, settings = () => ({}) }: Options = {},
): Promise<Desk> {
  const name = `keydesk_browser_${process.pid}_${randomUUID().slice(0, 8)}`;
  const database = new URL(await copyDatabase(name, templateOfDesks()));
  const [port, verifyPort] = [given ?? (await freePort()), await freePort()];
  const url = `http://localhost:${port}`;
  const app = spawn(process.execPath, [join(folder, 'server.js')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...testSettings,
      DATABASE_URL: database.href,
      AUTH_URL: url,
      PORT: String(port),
      VERIFY_PORT: String(verifyPort),
      HOST: '127.0.0.1',
      HOSTNAME: '127.0.0.1',
      ADMIN_USERNAME: first.username,
      ADMIN_PASSWORD: first.password,
      NEXT_MANUAL_SIG_HANDLE: 'true',
      NEXT_TELEMETRY_DISABLED: '1',
      ...settings(new URL(database)),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (text) => (log += text));
  async function end(signal: NodeJS.Signals) {
    app.kill(signal);
    if (app.exitCode === null && app.signalCode === null) await once(app, 'exit');
  }
  const client = new Client({ connectionString: database.href });
  try {
    await untilAnswering(url, app, () => log);
    await client.connect();
  } catch (error) {
    app.kill('SIGKILL');
    throw error;
  }
  return {
    url,
    probeUrl: url,
    verifyUrl: `http://localhost:${verifyPort}`,
    log: () => log,
    query: async (text, values) => (await client.query(text, values)).rows,
    addUser: async (username, { active = true, role = null, password = null } = {}) => {
      const id = randomUUID();
      const passwordHash = password && (await hash(password));
      await client.query(
        `insert into directory_user (id, username, active, role, password_hash)
         values ($1, $2, $3, $4, $5)`,
        [id, username, active, role, passwordHash],
      );
      return id;
    },
    end: () => end('SIGTERM'),
    stop: async () => {
      await client.end();
      await end('SIGKILL');
      await dropDatabase(name);
    },
  };
}

async function untilAnswering(url: string, app: ChildProcess, log: () => string) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (app.exitCode !== null) throw new Error(`The server ended: ${log()}`);
    const answer = await fetch(`${url}/login`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server does not answer: ${log()}`);
}
