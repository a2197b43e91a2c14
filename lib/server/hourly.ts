import 'server-only';
import { isDraining } from '@/lib/http/draining';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';

/**
 * Waits in milliseconds. The first callers of a process come first; where the database is too busy for
 * what nobody asks for, it waits a little, and only what fails several times is told.
 */
const waits = { first: 5_000, again: 30_000, every: 3_600_000, tries: 4 };

/**
 * Does a job soon after the start and every hour. `failed` is what the log says, with the reason, where
 * it failed as many times in a row as it is tried.
 */
export function hourly(
  failed: string,
  job: () => Promise<void>,
  { first, again, every, tries } = waits,
): void {
  let failures = 0;
  async function run() {
    if (isDraining()) return;
    let wait = every;
    try {
      await job();
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures < tries) wait = again;
      else log.warn(failed, describeError(error));
      failures %= tries;
    }
    setTimeout(() => void run(), wait).unref();
  }
  setTimeout(() => void run(), first).unref();
}
