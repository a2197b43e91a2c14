import { expiringDays } from '@/lib/keys/key-input';
import type { KeyListName } from '@/lib/overview/key-list-input';
import { deadDays } from '@/lib/overview/list-dead-keys';
import { overviewLabels } from './overview-labels';

type Count = { total: number; isExact: boolean };

const keys = (count: Count) =>
  `${overviewLabels.figure(count)} ${count.total === 1 ? 'key' : 'keys'}`;

type Words = {
  /** How many keys the list has, and of what kind. */
  summary: (count: Count) => string;
  about: string;
  /** What is said where it has none. */
  clear: string;
  tooSlow: string;
};

/** Texts of what needs attention. */
export const attentionLabels: Record<KeyListName, Words> = {
  expiring: {
    summary: (count) =>
      `${keys(count)} ${count.total === 1 ? 'expires' : 'expire'} within ${expiringDays} days`,
    about: 'They stop working on that date.',
    clear: 'expiring keys',
    tooSlow: 'Expiring keys could not be counted in time',
  },
  uncollected: {
    summary: (count) => `${keys(count)} that nobody collected`,
    about:
      'The link to the secret ended before anybody opened it. A new key stays switched off, and any other keeps its old secret. Regenerate the key to hand it over again, or delete it.',
    clear: 'hand-overs that nobody collected',
    tooSlow: 'Hand-overs that nobody collected could not be counted in time',
  },
  ownerless: {
    summary: (count) => `${keys(count)} of disabled users`,
    about: 'They work again when the owner is enabled.',
    clear: 'keys of disabled users',
    tooSlow: 'Keys of disabled users could not be counted in time',
  },
  unused: {
    summary: (count) => `${keys(count)} unused for 90 days`,
    about: 'Active and used before, but not in the last 90 days.',
    clear: 'unused keys',
    tooSlow: 'Unused keys could not be counted in time',
  },
  'never-used': {
    summary: (count) => `${keys(count)} never used`,
    about: 'Active, older than 30 days, never used.',
    clear: 'keys never used',
    tooSlow: 'Keys never used could not be counted in time',
  },
  violating: {
    summary: (count) => `${keys(count)} outside policy`,
    about: 'Active, with no expiry or one later than allowed.',
    clear: 'keys outside policy',
    tooSlow: 'Keys outside policy could not be counted in time',
  },
};

export const firstExpires = (moment: string) => `, the first ${moment}`;

export const deadKeyLabels = {
  summary: (count: number, isAll: boolean) => {
    const many = isAll ? String(count) : `${count} or more`;
    return `${many} deleted or replaced ${count === 1 ? 'key' : 'keys'} still in use`;
  },
  last: (moment: string) => `, last ${moment}`,
  about: `Presented in the last ${deadDays} days. Addresses as reported by your services.`,
  clear: 'deleted or replaced keys in use',
  owner: 'Former owner',
  key: 'API Key',
  presented: 'Presented',
  deleted: 'Deleted key',
  replaced: 'Replaced secret',
  calls: 'Calls',
  lastTried: 'Last presented',
  lastAddress: 'Last address',
  noAddress: 'not reported',
} as const;

export const unreachedLabels = {
  summary: (count: number, isAll: boolean) => {
    const many = isAll ? String(count) : `${count} or more`;
    return `${many} ${count === 1 ? 'owner' : 'owners'} not reached by email`;
  },
  about:
    'Their address is missing or was refused by the mail server. Correct it, or name a responsible person.',
  clear: 'owners not reached by email',
  username: 'Username',
  problem: 'Problem',
  noAddress: (keys: number) =>
    `No address, and ${keys === 1 ? '1 key expires' : `${keys.toLocaleString('en')} keys expire`} within ${expiringDays} days`,
  refused: (address: string) => `The mail server refused ${address}`,
} as const;

export const heldKeysLabels = {
  summary: (due: number, active: number) =>
    `Switching off unused keys has stopped itself: ${overviewLabels.number(due)} of ${overviewLabels.number(active)} active keys in one day`,
  about: (allowed: number) =>
    `Without asking the rule switches off at most ${overviewLabels.number(allowed)} a day. An admin can let it go on.`,
  show: 'Show',
} as const;
