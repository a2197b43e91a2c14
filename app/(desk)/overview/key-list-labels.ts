import { mostKeys } from '@/lib/keys/bulk/bulk-input';
import { expiringDays } from '@/lib/keys/key-input';
import type { KeyListName } from '@/lib/overview/key-list-input';

type Words = {
  title: string;
  about: string;
  /** What may be done to all of its keys in one step. */
  verbs: ReadonlyArray<'deactivate' | 'delete'>;
  /** Where the report shows all of it. */
  report?: string;
};

export const keyListWords: Record<KeyListName, Words> = {
  ownerless: {
    title: 'Keys without an active owner',
    about: 'Their owners are disabled, and their callers refused. They work again with the owner.',
    verbs: ['deactivate', 'delete'],
  },
  'never-used': {
    title: 'Never used',
    about: 'Switched on, made over 30 days ago, and no caller has come with them.',
    verbs: ['deactivate'],
  },
  unused: {
    title: 'Unused for 90 days',
    about: 'Switched on, and used before, but not for 90 days.',
    verbs: ['deactivate'],
  },
  violating: {
    title: 'Against the policies',
    about: 'Switched on, and made before the rules here: without an end, or with one too far away.',
    verbs: ['deactivate'],
  },
  expiring: {
    title: `Expiring within ${expiringDays} days`,
    about: 'Their callers are refused from then on.',
    verbs: [],
    report: '/keys?status=expiring&sort=expires',
  },
};

export const bulkTexts = { deactivate: 'Switch off', delete: 'Delete' } as const;

/** `1,234 keys`; of what was counted only so far, `over 10,000 keys`. */
export function countOf(total: number): string {
  if (total > mostKeys) return `over ${mostKeys.toLocaleString('en')} keys`;
  return total === 1 ? '1 key' : `${total.toLocaleString('en')} keys`;
}

/** Of more than one bulk change holds, the first so many: the question says how many. */
export function allOfList(total: number): string {
  if (total > mostKeys) return `the first ${mostKeys.toLocaleString('en')}`;
  return total === 1 ? 'the key' : `all ${total.toLocaleString('en')}`;
}
