import 'server-only';
import { Worker } from 'node:worker_threads';
import { startDraining } from '@/lib/http/draining';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { SettingsError } from '@/lib/settings/parse-settings';
import { settings } from '@/lib/settings/settings';
import type { Settings } from '@/lib/settings/settings-schema';
import type { ThreadNews, ThreadOrder } from './listener-thread';

/** Time for load balancers to see that this instance is leaving, in milliseconds. */
export const leaveAfter = 5_000;

/**
 * In MB. What is alive at once are some 20 MB; without a limit V8 lets several times as much garbage
 * pile up before it looks, for the machine has room. Measured: docs/decisions/0006-listener-in-a-thread-of-its-own.md.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };

const shared = globalThis as typeof globalThis & { keydeskListener?: Worker };

/**
 * Opens the listener for services on `VERIFY_PORT`, in a thread of its own: a page takes milliseconds to
 * render, and a verification would stand in line behind every page that is asked for at that moment.
 *
 * @throws SettingsError where the port cannot be had
 */
export async function serveVerification(open = openThread): Promise<void> {
  // Checked settings, not the environment: `boot` has resolved files and defaults already.
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
  thread.once('error', (error) => {
    // Half a desk is worse than a restart.
    log.error('verify listener failed', describeError(error));
    process.exit(1);
  });
}

/** The bundler finds the entry of the thread by this very form, `new Worker(new URL(…))`. */
function openThread(workerData: Settings): Worker {
  return new Worker(new URL('./listener-thread.ts', import.meta.url), {
    workerData,
    resourceLimits,
  });
}

/** Says "not ready" from now on, and goes on answering until nobody sends more. */
export async function announceLeaving(wait = leaveAfter): Promise<void> {
  startDraining();
  shared.keydeskListener?.postMessage('leave' satisfies ThreadOrder);
  await new Promise((resolve) => setTimeout(resolve, wait));
}

/** Lets the answers under way out, writes the usage that is left and closes the connections. */
export async function closeListener(): Promise<void> {
  const thread = shared.keydeskListener;
  if (!thread) return;
  delete shared.keydeskListener;
  const closed = new Promise((resolve) => thread.once('exit', resolve));
  thread.postMessage('close' satisfies ThreadOrder);
  await closed;
}
