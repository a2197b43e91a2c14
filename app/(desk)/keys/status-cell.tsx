import { questionFormId, switchFormId } from './report-forms';
import type { RowFacts } from './row-facts';
import { rowLabels as labels } from './row-labels';

type Props = {
  row: RowFacts;
  now: number;
  about: string;
  may: boolean;
  isSwitching: boolean;
};

/**
 * The cell of the status: the switch and its word. The switch asks for a state, never for "the other
 * one", so that repeating it is harmless. Switching off what is in use is a question first: a dialog,
 * or without JavaScript a page. Shows the new state at once, and the old one again should it be refused.
 */
export function StatusCell({ row, now, about, may, isSwitching }: Props) {
  const active = row.status !== 'inactive';
  // A key that waits is switched on by whoever collects it.
  const mayHere = may && row.status !== 'waiting';
  const shown = isSwitching ? otherStatus(row, now) : row.status;
  const asks = active && row.usedLately;
  return (
    <td className={shown}>
      {mayHere ? (
        <button
          type="submit"
          form={asks ? questionFormId : switchFormId(!active)}
          formAction={asks ? `/keys/${row.id}/deactivate` : undefined}
          name={asks ? undefined : 'id'}
          value={asks ? undefined : row.id}
          role="switch"
          aria-checked={shown !== 'inactive'}
          aria-label={labels.active}
          aria-describedby={about}
          className="switch"
        />
      ) : null}
      {labels.statuses[shown]}
      {row.ownerDisabled ? <strong>{labels.ownerDisabled}</strong> : null}
    </td>
  );
}

function otherStatus({ status, expires }: RowFacts, now: number): RowFacts['status'] {
  if (status !== 'inactive') return 'inactive';
  return expires && expires.getTime() <= now ? 'expired' : 'active';
}
