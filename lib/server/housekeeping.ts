import 'server-only';
import { database, type Queryable } from '@/db/client';
import { forgetOldFailures } from '@/lib/auth/sign-in-throttle';
import { sweepNow } from '@/lib/keys/import/sweep-staged';
import { purgeKeys } from '@/lib/keys/purge-keys';
import { addUpScopes } from '@/lib/keys/suggest-scopes';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { tellOfDead } from '@/lib/notices/find-dead';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import { forgetMessages, forgetTold } from '@/lib/notices/forget-notices';
import { forgetSources, forgetTotals, forgetUsage, rollUpUsage } from '@/lib/verify/roll-up-usage';
import { hourly } from './hourly';

/** Steps of one chore in one go: what is left waits an hour, and no chore keeps the database busy. */
const mostSteps = 50;

type Chore = (tx: Queryable) => Promise<number>;
const chores: Record<string, Chore> = {
  purgeKeys,
  rollUpUsage,
  forgetUsage,
  forgetSources,
  forgetTotals,
  addUpScopes,
  tellOfExpiring,
  tellOfDead,
  forgetMessages,
  forgetTold,
  forgetOldFailures,
};

/** Does what nobody asks for: soon after the start, and every hour from then on. */
export function startHousekeeping(): void {
  hourly('housekeeping failed', doChores);
  // What nobody imports again would stay staged.
  hourly('staged keys not swept', () => sweepNow(null));
}

/** All chores, in small transactions; a database that is away is no reason to stop anything. */
export async function doChores(): Promise<void> {
  for (const [name, chore] of Object.entries(chores)) {
    try {
      let done = 0;
      for (let step = 0; step < mostSteps; step++) {
        const some = await database().transaction((tx) => chore(tx));
        done += some;
        if (some === 0) break;
      }
      if (done > 0) log.info('housekeeping', { chore: name, rows: done });
    } catch (error) {
      log.warn('housekeeping failed', { chore: name, ...describeError(error) });
    }
  }
}
