import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { deliveriesShown, type ListedDelivery } from '@/lib/notices/list-webhooks';
import { messageTypes } from '@/lib/notices/messages';
import { DeliveryBadge } from './delivery-badge';
import { deliveryLabels as l } from './notice-labels';

/** The log: what was sent, how it went, and when it is tried again. */
export function DeliveryTable({ deliveries }: { deliveries: ListedDelivery[] }) {
  return (
    <div className="panel">
      {deliveries.length === 0 ? (
        <EmptyState title={l.none}>
          <p>{l.kept}</p>
        </EmptyState>
      ) : (
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{l.time}</th>
              <th scope="col">{l.notice}</th>
              <th scope="col">{l.to}</th>
              <th scope="col">{l.result}</th>
              <th scope="col">{l.tries}</th>
              <th scope="col">{l.nextTry}</th>
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
        <p className="border-t border-line p-3 text-muted">{l.newest(deliveriesShown)}</p>
      ) : null}
    </div>
  );
}

function DeliveryRow({ delivery }: { delivery: ListedDelivery }) {
  const { type, to, state, attempts, createdAt, nextAt } = delivery;
  return (
    <tr>
      <td data-label={l.time}>
        <Moment at={createdAt} />
      </td>
      <td data-label={l.notice}>{messageTypes[type]}</td>
      <td data-label={l.to} className="wrap-anywhere">
        <bdi>{to}</bdi>
      </td>
      <td data-label={l.result}>
        <div>
          <DeliveryBadge state={state} /> <Answer delivery={delivery} />
        </div>
      </td>
      <td data-label={l.tries} className="tabular-nums">
        {attempts}
      </td>
      <td data-label={l.nextTry}>
        <Moment at={nextAt} none={l.noNextTry} />
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
        {l.milliseconds(milliseconds)}
      </span>
    </span>
  );
}
