import { readFileSync } from 'node:fs';
import { leastRate, patience } from '@/db/transfer-peer';
import { mostTransfers } from '@/db/transfer-places';
import { mostKeys as mostOfBulk, stepSize } from '@/lib/keys/bulk/bulk-input';
import { freeLookups, mostFailedLookups } from '@/lib/keys/failed-lookup-limiter';
import { freeLines } from '@/lib/keys/identify-limits';
import { mostKeys } from '@/lib/keys/import/read-key-csv';
import { retryHours } from '@/lib/notices/retry';
import { leastIdleDays, mostIdleDays } from '@/lib/rules/idle-input';
import { hardStop } from '@/lib/server/leave-on-signal';
import { absoluteHours, idleMinutes } from '@/lib/sessions/session';
import { mostBytes, mostLines } from '@/lib/users/import/parse-user-csv';
import { leaveAfter } from '@/lib/verify/serve';

const number = (count: number) => count.toLocaleString('en');
const seconds = (milliseconds: number) => milliseconds / 1_000;

/** What a page says about a limit, made from the limit. */
const sayings: [page: string, saying: string][] = [
  [
    'deploy',
    `for ${seconds(leaveAfter)} s that it is not ready, then has up to ${seconds(hardStop - leaveAfter)} s for answers`,
  ],
  ['users', `It may have ${number(mostLines)} users and ${mostBytes / 1_000_000} MB.`],
  ['import', `with at most ${number(mostKeys)} keys.`],
  [
    'import',
    `less than ${leastRate / 1_024} KB/s is ended when it is ${seconds(patience)} seconds`,
  ],
  ['postgresql', `and ${mostTransfers} for imports and exports`],
  ['gateways', `after ${freeLookups} unknown keys in a minute`],
  ['verification-apart', `n times ${freeLookups} guesses in a minute`],
  ['troubleshooting', `more than ${freeLookups} unknown keys in a minute from one address`],
  ['troubleshooting', `more than ${mostFailedLookups} by one service`],
  ['keys', `up to ${number(mostOfBulk)}. A page`],
  ['keys', `Then ${stepSize} keys at a time`],
  ['keys', `${freeLookups} single keys in a minute, and ${number(freeLines)} lines`],
  ['accounts', `after ${idleMinutes} minutes without use and after ${absoluteHours} hours`],
  ['existing-keys', `from ${leastIdleDays} to ${mostIdleDays}.`],
  ['notices', `After ${retryHours} hours, about a dozen attempts`],
];

const says = (page: string, saying: string) =>
  readFileSync(`docs/${page}.md`, 'utf8').replace(/\s+/g, ' ').includes(saying);

it.each(sayings)('docs/%s.md tells the limit: %s', (page, saying) => {
  expect(says(page, saying)).toBe(true);
});

it('misses a limit that no page tells', () => {
  expect(says('users', `It may have ${number(mostLines + 1)} users`)).toBe(false);
});
