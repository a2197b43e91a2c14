import type { BulkChange } from '@/lib/keys/bulk/find-bulk-change';

const verbs = {
  activate: { ask: 'Switch on', past: 'switched on' },
  deactivate: { ask: 'Switch off', past: 'switched off' },
  delete: { ask: 'Delete', past: 'deleted' },
} as const;

export const bulkVerbLabels = [
  { value: 'activate', label: verbs.activate.ask },
  { value: 'deactivate', label: verbs.deactivate.ask },
  { value: 'delete', label: verbs.delete.ask },
];

/** `1 API key`, `2,000 API keys`. */
export const countKeys = (count: number) =>
  `${count.toLocaleString('en')} API ${count === 1 ? 'key' : 'keys'}`;

export const bulkQuestion = ({ verb, total }: Pick<BulkChange, 'verb' | 'total'>) =>
  `${verbs[verb].ask} ${countKeys(total)}?`;

/** The title in the end. */
export const bulkDone = ({ verb, changed }: Pick<BulkChange, 'verb' | 'changed'>) =>
  `${countKeys(changed)} ${verbs[verb].past}`;

/** What OK will do, before anything is done. */
export const bulkWarning: Record<BulkChange['verb'], string> = {
  activate: 'Their callers are let in again. Keys that are on already stay as they are.',
  deactivate:
    'Their callers are refused until you switch the keys on again. Keys that are off already stay as they are.',
  delete: 'They are removed and stop working immediately.',
};

/** What has become of it. */
export function bulkSummary(bulk: BulkChange): string {
  const { unchanged } = bulk;
  if (unchanged === 0) return `${bulkDone(bulk)}.`;
  return `${bulkDone(bulk)}. ${countKeys(unchanged)} ${unchanged === 1 ? 'was' : 'were'} already so.`;
}

export const bulkLabels = {
  title: 'Change API keys',
  done: (done: number, total: number) =>
    `${done.toLocaleString('en')} of ${total.toLocaleString('en')} done`,
  number: 'Number of keys',
  numberHint: (total: number) =>
    `Some were used in the last 24 hours. Type ${total.toLocaleString('en')} to delete them all.`,
  ok: 'OK',
  cancel: 'Cancel',
  goOn: 'Continue',
  stop: 'Stop',
  leave: 'Stop here',
  backToOverview: 'Back to the overview',
  backToKeys: 'Back to API keys',
  busiest: 'Busiest of these',
  asOf: 'Up to 30 seconds old.',
  columns: {
    username: 'Username',
    apiKey: 'API Key',
    used: 'Last used',
    day: 'In 24 hours',
    week: 'In 7 days',
  },
  notChanged: 'Not changed',
  of: ' of ',
  reasons: {
    gone: ' had been deleted meanwhile',
    'needs-admin': ' has scopes of Keydesk itself: only an admin can change it',
    waiting: ' waits to be collected, which switches it on',
  },
  leftOut: 'Left out',
  willBeLeftOut: (keys: number) =>
    `${countKeys(keys)} with scopes of Keydesk itself will be left out: only an admin can change ${keys === 1 ? 'it' : 'them'}.`,
  more: (keys: number) => `And ${keys.toLocaleString('en')} more.`,
} as const;
