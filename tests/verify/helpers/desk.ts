import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { mintSecret, storedSecret } from '@/lib/keys/secret/secret';
import { createListener } from '@/lib/verify/listener';
import { answerRevoke } from '@/lib/verify/revoke-endpoint';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { dropDatabase } from '../../helpers/database-server';
import { createDatabase } from '../../helpers/template-database';

export const pepper = { version: 1, key: Buffer.from('a pepper of 32 bytes for a test!') };

/** The settings of a process of its own. Nothing here is used anywhere else. */
export function environment(url: string, more: Record<string, string> = {}) {
  return {
    DATABASE_URL: url,
    KEY_PEPPER: `1:${pepper.key.toString('base64')}`,
    AUDIT_KEY: Buffer.from('an audit key of 32 bytes, tests!').toString('base64'),
    AUTH_SECRET: 'a session secret of 32 bytes, for tests',
    AUTH_URL: 'http://localhost:3000',
    HOST: '127.0.0.1',
    TRUSTED_PROXIES: '1',
    ...more,
  };
}

export type KeyFacts = {
  scopes?: string[];
  active?: boolean;
  name?: string;
  expires?: string;
  networks?: string[];
  rate?: [calls: number, seconds: number];
};

export type Key = { id: string; secret: string };

/** A database with the people and keys that a test adds. */
export async function openDatabase() {
  const name = `verify_${randomUUID().replaceAll('-', '')}`;
  const url = await createDatabase(name);
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const sql = async (text: string, values: unknown[] = []) =>
    (await client.query(text, values)).rows;

  async function addUser(username: string, active = true): Promise<string> {
    const id = randomUUID();
    await sql('insert into directory_user (id, username, active) values ($1, $2, $3)', [
      id,
      username,
      active,
    ]);
    return id;
  }

  async function addKey(owner: string, facts: KeyFacts = {}, secret = mintSecret('kd')) {
    const id = randomUUID();
    const stored = storedSecret(secret, pepper);
    await sql(
      `insert into api_key (id, owner_id, name, active, scopes, expires_at, allowed_addresses,
         rate_limit, rate_window, secret_mac, secret_pepper, secret_prefix, secret_first,
         secret_last, request_id)
       values ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8, $9, $10, 1, 'kd', $11, $12, $13)`,
      [
        id,
        owner,
        facts.name ?? '',
        facts.active ?? true,
        facts.scopes ?? [],
        facts.expires ?? null,
        facts.networks ?? [],
        facts.rate?.[0] ?? null,
        facts.rate?.[1] ?? null,
        stored.secretMac,
        stored.secretFirst,
        stored.secretLast,
        randomUUID(),
      ],
    );
    return { id, secret };
  }

  async function drop() {
    await client.end();
    await dropDatabase(name);
  }

  return { url, sql, addUser, addKey, drop };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** The listener for services on a port and a database of its own. */
export async function openDesk({ peppers = [pepper] } = {}) {
  const database = await openDatabase();
  Object.assign(process.env, environment(database.url));
  const own = openVerification({ connectionString: database.url, peppers });
  const server = createListener(own, answerRevoke);
  const port = await listen(server);
  const origin = `http://127.0.0.1:${port}`;
  const gatewayOwner = await database.addUser('gateway');
  const service = await database.addKey(gatewayOwner, { scopes: ['keydesk:verify'] });
  const bearer = `Bearer ${service.secret}`;

  const verify = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${origin}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: bearer, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const introspect = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${origin}/api/v1/introspect`, {
      method: 'POST',
      headers: { authorization: bearer, ...headers },
      body: new URLSearchParams(form),
    });
  const gate = (headers: Record<string, string>, query = '') =>
    fetch(`${origin}/api/v1/gate${query}`, {
      headers: { 'x-keydesk-service': service.secret, ...headers },
    });

  async function close() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await closeVerification(own);
    await database.drop();
  }

  return { ...database, own, server, port, origin, service, verify, introspect, gate, close };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
