import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { momentText } from '@/components/moment-text';
import type { FormAction } from '@/lib/forms/form-state';
import { mostKeys } from '@/lib/keys/bulk/bulk-input';
import { listPath } from '@/lib/lists/list-path';
import { type KeyListName, keyListFilters } from '@/lib/overview/key-list-input';
import type { KeyList } from '@/lib/overview/key-lists';
import { AttentionItem } from './attention-item';
import { attentionLabels, firstExpires } from './attention-labels';
import { KeyListTable } from './key-list-table';
import { ListBulkForm } from './list-bulk-form';
import { overviewLabels as labels } from './overview-labels';

/** What may be done to all keys of a list in one step. */
const verbs: Record<KeyListName, ReadonlyArray<'deactivate' | 'delete'>> = {
  expiring: [],
  // Some of them work, with their old secret.
  uncollected: [],
  ownerless: ['deactivate', 'delete'],
  unused: ['deactivate'],
  'never-used': ['deactivate'],
  violating: ['deactivate'],
};

type Props = {
  name: KeyListName;
  list: KeyList | null;
  action: FormAction;
  mayChange: boolean;
  isOpen: boolean;
};

export function KeyListItem({ name, list, action, mayChange, isOpen }: Props) {
  const words = attentionLabels[name];
  return (
    <AttentionItem
      id={name}
      summary={list ? words.summary(list) + nextOf(name, list) : words.tooSlow}
      about={words.about}
      isOpen={isOpen}
      actions={
        <>
          <Link
            prefetch={false}
            href={listPath('/keys', keyListFilters[name])}
            aria-describedby={name}
            className={buttonClass('secondary', 'small')}
          >
            {labels.show}
          </Link>
          {mayChange && list
            ? verbs[name].map((verb) => (
                <ListBulkForm
                  key={verb}
                  action={action}
                  list={name}
                  verb={verb}
                  text={verbText(verb, list)}
                  describedBy={name}
                />
              ))
            : null}
        </>
      }
    >
      {list ? <KeyListTable list={list} /> : null}
    </AttentionItem>
  );
}

/** When the first of them is due. */
function nextOf(name: KeyListName, { rows: [first] }: KeyList): string {
  if (name !== 'expiring' || !first?.expiresAt) return '';
  return firstExpires(momentText(first.expiresAt, Date.now()));
}

/** Of more than one bulk change holds, the first so many. */
function verbText(verb: 'deactivate' | 'delete', { isExact, total }: KeyList): string {
  const isWhole = isExact && total <= mostKeys;
  if (verb === 'delete') return isWhole ? labels.delete : labels.deleteFirst(mostKeys);
  return isWhole ? labels.switchOff : labels.switchOffFirst(mostKeys);
}
