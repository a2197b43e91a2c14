import { Client } from 'pg';

/** The server that tests may fill. */
export function testServer(): string {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('Set TEST_DATABASE_URL to a PostgreSQL that tests may fill.');
  return server;
}

/** Runs statements on one connection of its own. */
export async function onServer(connectionString: string, statements: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

/** @returns the address of a new database without tables, for programs that migrate it */
export async function createEmptyDatabase(name: string, server = testServer()): Promise<string> {
  await onServer(server, `create database ${name} template template0 encoding 'UTF8'`);
  return addressOf(server, name);
}

/** @returns the address of a new database with the content of another */
export async function copyDatabase(
  name: string,
  template: string,
  server = testServer(),
): Promise<string> {
  await onServer(server, `create database ${name} template ${template}`);
  return addressOf(server, name);
}

export function dropDatabase(name: string, server = testServer()): Promise<void> {
  return onServer(server, `drop database if exists ${name} with (force)`);
}

export function addressOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
