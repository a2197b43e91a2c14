import { Moment } from '@/components/moment';
import type { BusyKey, UseOfMany } from '@/lib/keys/use/use-of-many';
import { callWords } from '../../call-labels';
import { KeyHint } from '../../key-hint';
import { UseFacts } from '../../use-facts';

/** Whom it would hurt: shown before many keys are switched off or deleted. */
export function BulkImpact({ use }: { use: UseOfMany }) {
  const { busiest } = use;
  return (
    <>
      <UseFacts use={use} />
      {busiest.length > 0 ? <BusiestTable keys={busiest} /> : null}
      <p className="text-muted">As of half a minute ago.</p>
    </>
  );
}

function BusiestTable({ keys }: { keys: BusyKey[] }) {
  return (
    <section aria-labelledby="busiest" className="panel">
      <h2 id="busiest" className="px-3 pt-3">
        Busiest of them
      </h2>
      <table className="report">
        <thead>
          <tr>
            <th scope="col">Username</th>
            <th scope="col">API Key</th>
            <th scope="col">Last used</th>
            <th scope="col">In 24 hours</th>
            <th scope="col">In 7 days</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th
                scope="row"
                data-label="Username"
                className="font-medium wrap-anywhere min-[60rem]:min-w-28"
              >
                <bdi>{key.username}</bdi>
              </th>
              <td data-label="API Key">
                <KeyHint hint={key.hint} to={key.id} />
              </td>
              <td data-label="Last used">
                <Moment at={key.lastUsedAt ? new Date(key.lastUsedAt) : null} />
              </td>
              <td data-label="In 24 hours">{callWords(key.day)}</td>
              <td data-label="In 7 days">{callWords(key.week)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
