import { Moment } from '@/components/moment';
import type { BusyKey, UseOfMany } from '@/lib/keys/use/use-of-many';
import { callWords } from '../../call-labels';
import { KeyHint } from '../../key-hint';
import { UseFacts } from '../../use-facts';
import { bulkLabels as labels } from './bulk-labels';

/** Whom it would hurt: shown before many keys are switched off or deleted. */
export function BulkImpact({ use }: { use: UseOfMany }) {
  const { busiest } = use;
  return (
    <>
      <UseFacts use={use} />
      {busiest.length > 0 ? <BusiestTable keys={busiest} /> : null}
      <p className="text-muted">{labels.asOf}</p>
    </>
  );
}

function BusiestTable({ keys }: { keys: BusyKey[] }) {
  return (
    <section aria-labelledby="busiest" className="panel">
      <h2 id="busiest" className="px-3 pt-3">
        {labels.busiest}
      </h2>
      <table className="report">
        <thead>
          <tr>
            <th scope="col">{labels.columns.username}</th>
            <th scope="col">{labels.columns.apiKey}</th>
            <th scope="col">{labels.columns.used}</th>
            <th scope="col">{labels.columns.day}</th>
            <th scope="col">{labels.columns.week}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row" data-label={labels.columns.username}>
                <bdi>{key.username}</bdi>
              </th>
              <td data-label={labels.columns.apiKey}>
                <KeyHint hint={key.hint} to={key.id} />
              </td>
              <td data-label={labels.columns.used}>
                <Moment at={key.lastUsedAt ? new Date(key.lastUsedAt) : null} />
              </td>
              <td data-label={labels.columns.day}>{callWords(key.day)}</td>
              <td data-label={labels.columns.week}>{callWords(key.week)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
