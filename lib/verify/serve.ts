import 'server-only';
import { Worker } from 'node:worker_threads';
import { startDraining } from '@/lib/http/draining';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { SettingsError } from '@/lib/settings/parse-settings';
import { settings } from '@/lib/settings/settings';
import type { Settings } from '@/lib/settings/settings-schema';
import type { ThreadNews, ThreadOrder } from './thread-messages';

/** Time for load balancers to notice that this instance is leaving, in milliseconds. */
export const leaveAfter = 5_000;

/**
 * In MB. About 20 MB are alive at any time. Without a limit, V8 lets several times as much garbage pile up
 * before it collects, because the machine has memory to spare. Measured in
 * docs/decisions/0006-listener-in-a-thread-of-its-own.md.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

const shared = globalThis as typeof globalThis & { keydeskListener?: Worker };

type Serving = {
  open?: (workerData: Settings) => Worker;
  /** What this thread counts, for the metrics that the listener serves. */
  pageMetrics?: () => Promise<string>;
};

/**
 * Opens the listener for services on `VERIFY_PORT`, in a thread of its own. A page takes milliseconds to
 * render, and on the main thread a verification would wait until every requested page is rendered.
 *
 * @throws SettingsError if the port cannot be opened
 */
export async function serveVerification({
  open = openThread,
  pageMetrics = async () => '',
}: Serving = {}): Promise<void> {
  // Passes checked settings, not the environment, because `boot` has already resolved files and defaults.
  const thread = open(settings());
  const news = await new Promise<ThreadNews>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
  if (news.type === 'refused') {
    await thread.terminate();
    throw new SettingsError(`VERIFY_PORT cannot be opened on HOST (${news.code}).`);
  }
  shared.keydeskListener = thread;
  thread.on('message', ({ type }: ThreadNews) => {
    if (type === 'page-metrics-wanted') void pageMetrics().then(tell, () => undefined);
  });
  const tell = (text: string) => thread.postMessage({ pageMetrics: text } satisfies ThreadOrder);
  thread.once('error', (error) => {
    // A process that serves pages but no verification must restart.
    log.error('verify listener failed', describeError(error));
    process.exit(1);
  });
}

/** The bundler finds the thread's entry only in this exact form, `new Worker(new URL(…))`. */
function openThread(workerData: Settings): Worker {
  return new Worker(new URL('./listener-thread.ts', import.meta.url), {
    workerData,
    resourceLimits,
  });
}

/**
 * Reports "not ready" from now on. Keeps answering for `wait` milliseconds, until load balancers stop
 * sending.
 */
export async function announceLeaving(wait = leaveAfter): Promise<void> {
  startDraining();
  shared.keydeskListener?.postMessage('leave' satisfies ThreadOrder);
  await new Promise((resolve) => setTimeout(resolve, wait));
}

/** Finishes the answers in progress, writes the remaining usage and closes the connections. */
export async function closeListener(): Promise<void> {
  const thread = shared.keydeskListener;
  if (!thread) return;
  delete shared.keydeskListener;
  const closed = new Promise((resolve) => thread.once('exit', resolve));
  thread.postMessage('close' satisfies ThreadOrder);
  await closed;
}
