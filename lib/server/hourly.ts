import 'server-only';
import { isDraining } from '@/lib/http/draining';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';

/**
 * Waits in milliseconds. The first wait lets the first callers of a process go before background jobs. After
 * a failure, such as a busy database, the job runs again soon. Only several failures in a row are logged.
 */
const waits = { first: 5_000, again: 30_000, every: 3_600_000, tries: 4 };

/**
 * Runs a job soon after the start and then every hour. `failed` is logged with the reason when the job has
 * failed `tries` times in a row.
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
