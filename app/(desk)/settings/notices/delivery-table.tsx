import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { deliveriesShown, type ListedDelivery } from '@/lib/notices/list-webhooks';
import { messageTypes } from '@/lib/notices/messages';
import { DeliveryBadge } from './delivery-badge';
import { deliveryLabels as labels } from './notice-labels';

/** The log: what was sent, how it went, and when it is tried again. */
export function DeliveryTable({ deliveries }: { deliveries: ListedDelivery[] }) {
  return (
    <div className="panel">
      {deliveries.length === 0 ? (
        <EmptyState title={labels.none}>
          <p>{labels.kept}</p>
        </EmptyState>
      ) : (
        <table className="report">
          <thead>
            <tr>
              <th scope="col">{labels.time}</th>
              <th scope="col">{labels.notice}</th>
              <th scope="col">{labels.to}</th>
              <th scope="col">{labels.result}</th>
              <th scope="col">{labels.tries}</th>
              <th scope="col">{labels.nextTry}</th>
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
        <p className="border-t border-line p-3 text-muted">{labels.newest(deliveriesShown)}</p>
      ) : null}
    </div>
  );
}

function DeliveryRow({ delivery }: { delivery: ListedDelivery }) {
  const { type, to, state, attempts, createdAt, nextAt } = delivery;
  return (
    <tr>
      <td data-label={labels.time}>
        <Moment at={createdAt} />
      </td>
      <td data-label={labels.notice}>{messageTypes[type]}</td>
      <td data-label={labels.to} className="wrap-anywhere">
        <bdi>{to}</bdi>
      </td>
      <td data-label={labels.result}>
        <div>
          <DeliveryBadge state={state} /> <Answer delivery={delivery} />
        </div>
      </td>
      <td data-label={labels.tries} className="tabular-nums">
        {attempts}
      </td>
      <td data-label={labels.nextTry}>
        <Moment at={nextAt} none={labels.noNextTry} />
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
        {labels.milliseconds(milliseconds)}
      </span>
    </span>
  );
}
