import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { SortHeader } from '@/components/sort-header';
import type { KeyListParams } from '@/lib/keys/key-input';
import type { KeyPage } from '@/lib/keys/key-search';
import { listPath } from '@/lib/lists/list-path';
import { EmptyDesk } from './empty-desk';
import { KeyRow } from './key-row';

type Props = {
  found: KeyPage;
  filters: Pick<KeyListParams, 'username' | 'status' | 'sort' | 'owner' | 'list'>;
  /** Of whom keys alone are listed; null where it is nobody, or anybody. */
  ownerName: string | null;
  back: string;
  mayChange: boolean;
  mayReveal: boolean;
  mayServe: boolean;
};

export function KeyTable(props: Props) {
  const { found, filters, back, mayChange, mayReveal, mayServe } = props;
  if (found.rows.length === 0) return <NoKeys {...props} />;
  const sorted = (by: string, text: string) => (
    <SortHeader
      text={text}
      by={by}
      sort={filters.sort ?? '-created'}
      href={(sort) => listPath('/keys', { ...filters, sort })}
    />
  );
  return (
    <table className="report">
      <thead>
        <tr>
          <th scope="col">Sr. No.</th>
          {sorted('username', 'Username')}
          <th scope="col">API Key</th>
          {sorted('status', 'Status')}
          <th scope="col">Name</th>
          {sorted('created', 'Created')}
          {sorted('used', 'Last used')}
          {sorted('expires', 'Expires')}
          <th scope="col">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {found.rows.map((row, index) => (
          <KeyRow
            key={row.id}
            row={row}
            number={found.firstNumber + index}
            back={back}
            mayChange={mayChange}
            mayReveal={mayReveal}
            mayServe={mayServe}
          />
        ))}
      </tbody>
    </table>
  );
}

function NoKeys({ filters, ownerName, back, mayChange }: Props) {
  const filtered = Boolean(filters.username || filters.status || filters.owner || filters.list);
  if (!filtered) {
    return (
      <EmptyState title="No API keys found.">
        <EmptyDesk back={back} />
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No API keys found.">
      <p>Nothing matches these filters.</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Link prefetch={false} href="/keys" className={buttonClass()}>
          Show all keys
        </Link>
        {mayChange ? (
          <Link
            prefetch={false}
            href={listPath('/keys/new', { user: ownerName ?? filters.username, back })}
            className={buttonClass('quiet')}
          >
            Add an API key
          </Link>
        ) : null}
      </div>
    </EmptyState>
  );
}
