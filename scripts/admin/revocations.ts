import { once } from 'node:events';
import { z } from 'zod';
import { listRevocations } from '@/lib/restore/list-revocations';
import { UsageError } from '../sentence';
import { withAnyDatabase } from './with-database';

const moment = z.iso.datetime({ offset: true });

/** Writes what took rights away since a time to standard output, for `after-restore`. */
export async function printRevocations(since: string | undefined): Promise<void> {
  if (!since || !moment.safeParse(since).success) {
    throw new UsageError('--since takes a time with its zone, such as 2027-01-31T12:00:00Z.');
  }
  if (Date.parse(since) > Date.now()) throw new UsageError('--since is in the future.');
  // The database may be one of an older release, which is only read.
  const migrate = false;
  await withAnyDatabase(() => write(new Date(since)), { migrate });
}

async function write(since: Date): Promise<void> {
  for await (const line of listRevocations(since)) {
    if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
  }
}
