import 'server-only';
import { setTimeout } from 'node:timers/promises';
import { database, type Queryable } from '@/db/client';
import { forgetAnswers, forgetRequests } from '@/lib/api/forget-requests';
import { forgetOldFailures } from '@/lib/auth/sign-in-throttle';
import { isDraining } from '@/lib/http/draining';
import { expireHandOvers, forgetHandOvers } from '@/lib/keys/hand-over/expire-hand-overs';
import { sweepNow } from '@/lib/keys/import/sweep-staged';
import { purgeKeys } from '@/lib/keys/purge-keys';
import { addUpScopes } from '@/lib/keys/suggest-scopes';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { measured } from '@/lib/metrics/measured';
import { tellOfDead } from '@/lib/notices/find-dead';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import { tellOwnersOfExpiring } from '@/lib/notices/find-expiring-of-owners';
import { tellOfUncollected } from '@/lib/notices/find-uncollected';
import { forgetMessages, forgetTold } from '@/lib/notices/forget-notices';
import { stepIdleRun } from '@/lib/rules/step-idle-run';
import { stepLifetimeRun } from '@/lib/rules/step-lifetime-run';
import { tellOwnersOfIdle } from '@/lib/rules/tell-owners-of-idle';
import { forgetSources, forgetTotals, forgetUsage, rollUpUsage } from '@/lib/verify/roll-up-usage';
import { hourly } from './hourly';
import { warnWithoutStandby } from './standby-required';

/** Most steps of one job in a run. The rest waits an hour, so that no job keeps the database busy. */
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
  tellOwnersOfExpiring: (tx) => tellOwnersOfExpiring(tx),
  tellOwnersOfIdle: (tx) => tellOwnersOfIdle(tx),
  beginSwitchingOff: (tx) => stepIdleRun(tx, { part: 'begin' }),
  tellOfDead,
  forgetMessages,
  forgetTold,
  forgetOldFailures,
  forgetRequests,
  forgetHandOvers,
};

/** Changes of many keys. Each takes its time, because nothing else needs them soon. */
const slowChores: Record<string, Chore> = {
  goOnSwitchingOff: (tx) => stepIdleRun(tx, { part: 'go on' }),
  shortenLifetimes: (tx) => stepLifetimeRun(tx),
};
/**
 * Rests 49 times as long as each step took, so that verification and pages hardly notice: a hundred thousand keys take
 * one to two hours. With nine times, p99 of verification rose by two thirds (`npm run bench -- idle`).
 */
const slowly: Pace = { steps: 100_000, rest: 49 };

/** What is sealed is removed as soon as it is no longer given. */
const everyMinute = { first: 5_000, again: 30_000, every: 60_000, tries: 4 };

/** Runs scheduled jobs soon after the start, and then every hour. */
export function startHousekeeping(): void {
  hourly('housekeeping failed', () => doChores());
  // Staged keys of an abandoned import would otherwise stay.
  hourly('staged keys not swept', () => measured('sweepStaged', () => sweepNow(null)));
  hourly(
    'sealed secrets not removed',
    () => doChores({ forgetAnswers, expireHandOvers, tellOfUncollected }),
    everyMinute,
  );
  hourly('standby not looked for', () => measured('lookForStandby', warnWithoutStandby));
  hourly('rules not carried out', () => doChores(slowChores, slowly), everyMinute);
}

type Pace = { steps: number; rest: number };

/** Runs all jobs in small transactions. An unreachable database stops nothing else. */
export async function doChores(
  due: Record<string, Chore> = chores,
  pace: Pace = { steps: mostSteps, rest: 0 },
): Promise<void> {
  for (const [name, chore] of Object.entries(due)) {
    try {
      const done = await measured(name, () => doSteps(chore, pace));
      if (done > 0) log.info('housekeeping', { chore: name, rows: done });
    } catch (error) {
      log.warn('housekeeping failed', { chore: name, ...describeError(error) });
    }
  }
}

async function doSteps(chore: Chore, { steps, rest }: Pace): Promise<number> {
  let done = 0;
  for (let step = 0; step < steps && !isDraining(); step++) {
    const began = performance.now();
    const some = await database().transaction((tx) => chore(tx));
    done += some;
    if (some === 0) break;
    if (rest > 0) await setTimeout((performance.now() - began) * rest, undefined, { ref: false });
  }
  return done;
}
