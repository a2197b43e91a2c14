import 'server-only';
import type { SQL } from 'drizzle-orm';
import { isDraining } from '@/lib/http/draining';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { type Channel, claim, deliver, findDueChannels } from './deliver';

const every = 5_000;
/** Deliveries of one channel at a time: a receiver is not overrun. */
const atOnce = 4;

/** The channels that this process serves right now. */
const served = new Set<Channel>();

/** Delivers what is due, from now on. */
export function startDeliveryWorker(): void {
  setInterval(() => void deliverDue(), every).unref();
}

/**
 * One round. Each channel is served by itself, so that one that does not answer holds up no other; one
 * that is still being served is left alone. A database that is away is no reason to stop anything.
 */
export async function deliverDue(clock?: SQL): Promise<void> {
  try {
    const due = await findDueChannels(clock);
    await Promise.all(due.map((channel) => serve(channel, clock)));
  } catch (error) {
    log.warn('notices not delivered', describeError(error));
  }
}

async function serve(channel: Channel, clock?: SQL): Promise<void> {
  if (served.has(channel)) return;
  served.add(channel);
  try {
    // Whoever leaves takes nothing more: another would have to wait for what is cut off.
    while (!isDraining()) {
      const claimed = await claim(channel, atOnce, clock);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((one) => deliver(one, clock)));
    }
  } finally {
    served.delete(channel);
  }
}
