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

/** What OK will do, before anything is done. */
export const bulkWarning: Record<BulkChange['verb'], string> = {
  activate:
    'Their callers are let in again from then on. Keys that are on already stay as they are.',
  deactivate:
    'Their callers are refused from then on, until the keys are switched on again. Keys that are off already stay as they are.',
  delete: 'They leave the report, and their secrets are refused from then on.',
};

/** What has become of it. */
export function bulkSummary({ verb, changed, unchanged }: BulkChange): string {
  const parts = [`${countKeys(changed)} ${changed === 1 ? 'was' : 'were'} ${verbs[verb].past}.`];
  if (unchanged > 0) parts.push(`${countKeys(unchanged)} stayed as they were.`);
  return parts.join(' ');
}
