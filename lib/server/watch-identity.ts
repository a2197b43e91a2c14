import 'server-only';
import { setTimeout } from 'node:timers/promises';
import { foundRestored, onIdentity } from '@/db/identity';
import { requireIdentity } from '@/db/require-identity';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { recordPromotion } from '@/lib/restore/keep-identity';

/** Milliseconds between two looks at a restored database. */
const every = 1_000;

let waiting: Promise<void> | undefined;

/** Follows what new connections find: notes a promotion, and looks after a restored database until it is good. */
export function watchIdentity(): void {
  onIdentity((found) => {
    if (found === 'restored') void untilKnown();
    else void notePromotion();
  });
}

let noting = false;

/** The connections that it makes find the promotion too. */
async function notePromotion() {
  if (noting) return;
  noting = true;
  await recordPromotion().catch((error) => log.warn('promotion not noted', describeError(error)));
  noting = false;
}

/** Resolves when somebody has run `after-restore`. Until then pages are refused. */
export function untilKnown(): Promise<void> {
  waiting ??= look().finally(() => {
    waiting = undefined;
  });
  return waiting;
}

async function look() {
  log.error('pages stopped', { reason: 'database restored' });
  while (foundRestored()) {
    await setTimeout(every, undefined, { ref: false });
    await requireIdentity().catch(() => undefined);
  }
  log.info('pages resumed');
}
