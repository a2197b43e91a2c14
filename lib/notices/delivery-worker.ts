import 'server-only';
import type { SQL } from 'drizzle-orm';
import { isDraining } from '@/lib/http/draining';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { measured } from '@/lib/metrics/measured';
import { type Channel, claim, deliver, findDueChannels } from './deliver';
import { queueEvents } from './queue-events';
import { queueOwnerEvents } from './queue-owner-events';
import { queueOwnerMails } from './queue-owner-mails';

const every = 5_000;
/** Concurrent deliveries of one channel, so that a receiver is not flooded. */
const atOnce = 4;

/** The channels that this process is serving now. */
const served = new Set<Channel>();

/** Starts to deliver due messages, now and every few seconds. */
export function startDeliveryWorker(): void {
  setInterval(() => void deliverDue(), every).unref();
}

/**
 * One round. New events are queued first. Channels are served independently, so that one that does not answer
 * delays no other. A channel that is still being served is skipped. An unreachable database stops nothing else.
 */
export async function deliverDue(clock?: SQL): Promise<void> {
  await queueAll();
  try {
    await measured('deliver', async () => {
      const due = await findDueChannels(clock);
      await Promise.all(due.map((channel) => serve(channel, clock)));
    });
  } catch (error) {
    log.warn('notices not delivered', describeError(error));
  }
}

/** What is already due is delivered even if events cannot be queued. */
async function queueAll(): Promise<void> {
  // All events are noted before the first mail is written. Neither kind stops the other.
  const queues = {
    queueEvents: [queueEvents],
    queueOwnerMails: [queueOwnerEvents, queueOwnerMails],
  };
  for (const [job, steps] of Object.entries(queues)) {
    try {
      await measured(job, async () => {
        for (const step of steps) while (!isDraining() && (await step()) > 0);
      });
    } catch (error) {
      log.warn('events not queued', describeError(error));
    }
  }
}

async function serve(channel: Channel, clock?: SQL): Promise<void> {
  if (served.has(channel)) return;
  served.add(channel);
  try {
    // A draining process claims nothing more, because another would have to wait for whatever it leaves
    // behind.
    while (!isDraining()) {
      const claimed = await claim(channel, atOnce, clock);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((one) => deliver(one, clock)));
    }
  } finally {
    served.delete(channel);
  }
}
