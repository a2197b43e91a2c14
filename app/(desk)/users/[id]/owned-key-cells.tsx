import { Moment } from '@/components/moment';
import type { KeySummary } from '@/lib/keys/key-summary';
import { KeyHint } from '../../keys/key-hint';
import { KeyStatusBadge } from '../../keys/key-status-badge';
import { userLabels as labels } from '../user-labels';

const { columns } = labels;

type Props = {
  row: Pick<KeySummary, 'hint' | 'name' | 'status' | 'ownerActive' | 'lastUsedAt'>;
  /** The key that its hint leads to; nothing where it leads nowhere. */
  to?: string;
};

/** What every table of one user's keys begins a row with: API Key, Name, Status, Last used. */
export function OwnedKeyCells({ row, to }: Props) {
  return (
    <>
      <th scope="row" data-label={columns.key} className="font-normal">
        <KeyHint hint={row.hint} to={to} />
      </th>
      <td data-label={columns.name} className="wrap-anywhere min-[60rem]:min-w-24">
        {row.name ? <bdi>{row.name}</bdi> : <span className="text-muted">{labels.none}</span>}
      </td>
      <td data-label={columns.status}>
        <KeyStatusBadge status={row.status} ownerActive={row.ownerActive} />
      </td>
      <td data-label={columns.used}>
        <Moment at={row.lastUsedAt} />
      </td>
    </>
  );
}
