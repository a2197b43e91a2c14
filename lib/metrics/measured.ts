import 'server-only';
import { pageMetrics } from './page-metrics';

/** Runs a scheduled job and notes for the metrics how long it took and how it ended. */
export async function measured<Result>(job: string, run: () => Promise<Result>): Promise<Result> {
  const { succeeded, seconds, failures } = pageMetrics().jobs;
  failures.inc({ job }, 0);
  const since = performance.now();
  try {
    const result = await run();
    succeeded.set({ job }, Date.now() / 1_000);
    return result;
  } catch (error) {
    failures.inc({ job });
    throw error;
  } finally {
    seconds.set({ job }, (performance.now() - since) / 1_000);
  }
}
