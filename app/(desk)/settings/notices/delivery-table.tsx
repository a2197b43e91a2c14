import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { deliveriesShown, type ListedDelivery } from '@/lib/notices/list-webhooks';
import { messageTypes } from '@/lib/notices/messages';
import { DeliveryBadge } from './delivery-badge';

/** The log: what was sent, how it went, and when it is tried again. */
export function DeliveryTable({ deliveries }: { deliveries: ListedDelivery[] }) {
  return (
    <div className="panel">
      {deliveries.length === 0 ? (
        <EmptyState title="Nothing was sent yet.">
          <p>What is sent stands here for 30 days.</p>
        </EmptyState>
      ) : (
        <table className="report">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Notice</th>
              <th scope="col">To</th>
              <th scope="col">Result</th>
              <th scope="col">Tries</th>
              <th scope="col">Next try</th>
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <DeliveryRow key={delivery.id} delivery={delivery} />
            ))}
          </tbody>
        </table>
      )}
      {deliveries.length === deliveriesShown ? (
        <p className="border-t border-line p-3 text-muted">The newest {deliveriesShown} of them.</p>
      ) : null}
    </div>
  );
}

function DeliveryRow({ delivery }: { delivery: ListedDelivery }) {
  const { type, to, state, attempts, createdAt, nextAt } = delivery;
  return (
    <tr>
      <td data-label="Time">
        <Moment at={createdAt} />
      </td>
      <td data-label="Notice">{messageTypes[type]}</td>
      <td data-label="To" className="wrap-anywhere">
        <bdi>{to}</bdi>
      </td>
      <td data-label="Result">
        <div>
          <DeliveryBadge state={state} /> <Answer delivery={delivery} />
        </div>
      </td>
      <td data-label="Tries" className="tabular-nums">
        {attempts}
      </td>
      <td data-label="Next try">
        <Moment at={nextAt} none="None" />
      </td>
    </tr>
  );
}

function Answer({ delivery: { status, milliseconds, problem } }: { delivery: ListedDelivery }) {
  if (milliseconds === null) return null;
  const answered = problem === null && status !== null ? `${status}, ` : '';
  return (
    <span className="text-muted wrap-anywhere">
      {problem ? `${problem} ` : null}
      <span className="whitespace-nowrap">
        {answered}
        {milliseconds.toLocaleString('en')} ms
      </span>
    </span>
  );
}
