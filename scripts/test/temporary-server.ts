import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAccount } from '../embedded/account';
import { findBinaries } from '../embedded/binaries';
import { createCluster } from '../embedded/cluster';
import { runPostgres } from '../embedded/postgres';
import { superuserUrl } from '../embedded/postmaster';
import { Sentence } from '../sentence';
import { stopSupervised } from '../supervised';

/** A server for tests, on which each worker makes its own database. Its data need not be durable. */
export async function runTemporaryServer({ inMemory = false } = {}) {
  const home = mkdtempSync(join((inMemory && memoryFolder()) || tmpdir(), 'keydesk-test-'));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const folder = join(home, 'postgres');
    const binaries = findBinaries(folder);
    const account = findAccount();
    await createCluster(binaries, folder, 'test', account);
    const server = await runPostgres(binaries, folder, 'test', account, {
      fsync: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: '0',
      max_connections: '200',
      shared_buffers: '256MB',
    });
    if (!server) throw new Sentence('There is no free port for the server of the tests.');
    const stop = async () => {
      await server.session.end().catch(() => undefined);
      await stopSupervised(server.process, 'SIGINT', 15_000);
      remove();
    };
    return { url: superuserUrl(server.port, 'test'), stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/** There a new database, which is some 300 files, takes a third of the processor's time. */
function memoryFolder(): string | undefined {
  const folder = '/dev/shm';
  if (!existsSync(folder)) return undefined;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 4_000_000_000 ? folder : undefined;
}
