import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from '@/scripts/embedded/account';
import { createCluster } from '@/scripts/embedded/cluster';
import { runPostgres } from '@/scripts/embedded/postgres';
import { stopSupervised } from '@/scripts/supervised';
import { installPackage } from '../helpers/require-program';

/** A server from Debian, with the programs that dump and restore it, which the embedded one lacks. */
export async function startDebianPostgres() {
  const programs = findPrograms() ?? install();
  const home = mkdtempSync(join(tmpdir(), 'keydesk-restore-'));
  const folder = join(home, 'postgres');
  const binaries = { folder: programs, major: Number(/\/(\d+)\/bin$/.exec(programs)?.[1]) };
  const account = findAccount();
  await createCluster(binaries, folder, 'root', account);
  const server = await runPostgres(binaries, folder, 'root', account, { fsync: 'off' });
  if (!server) throw new Error('There is no free port.');
  const sql = async (text: string) => (await server.session.query(text)).rows;
  async function stop() {
    await server?.session.end().catch(() => undefined);
    if (server) await stopSupervised(server.process, 'SIGINT', 15_000);
    rmSync(home, { recursive: true, force: true });
  }
  return { programs, port: server.port, sql, stop };
}

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  return (existsSync(debian) ? readdirSync(debian) : [])
    .map((version) => join(debian, version, 'bin'))
    .find((bin) => ['initdb', 'pg_dump', 'psql'].every((name) => existsSync(join(bin, name))));
}

function install(): string {
  installPackage('postgresql');
  const programs = findPrograms();
  if (!programs) throw new Error('This test needs the programs of PostgreSQL.');
  return programs;
}
