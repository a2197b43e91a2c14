import Link from 'next/link';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { auditActions } from '@/lib/audit/audit-actions';
import type { ListedEvent } from '@/lib/audit/audit-search';
import { auditLabels as labels } from './audit-labels';
import { EventChanges } from './event-changes';
import { eventLabels } from './event-labels';

export function AuditTable({ events, filtered }: { events: ListedEvent[]; filtered: boolean }) {
  if (events.length === 0) return <NoEvents filtered={filtered} />;
  return (
    <table className="report">
      <thead>
        <tr>
          <th scope="col">{labels.time}</th>
          <th scope="col">{labels.actor}</th>
          <th scope="col">{labels.action}</th>
          <th scope="col">{labels.target}</th>
          <th scope="col">{labels.address}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.seq} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({ event }: { event: ListedEvent }) {
  return (
    <tr>
      <td data-label={labels.time}>
        <Moment at={event.at} exact />
      </td>
      <td data-label={labels.actor} className="wrap-anywhere">
        <bdi>{event.actor}</bdi>
      </td>
      <td data-label={labels.action}>
        <span className="inline-flex flex-wrap gap-x-2">
          {auditActions[event.action] ?? event.action}
          {event.outcome === 'refused' ? <Badge look="bad">{eventLabels.refused}</Badge> : null}
        </span>
      </td>
      <td data-label={labels.target} className="wrap-anywhere">
        <div>
          <Target event={event} />
          <EventChanges event={event} />
        </div>
      </td>
      <td data-label={labels.address} className="text-muted wrap-anywhere">
        {event.address}
      </td>
    </tr>
  );
}

/** A link, as long as the record is there. */
function Target({ event }: { event: ListedEvent }) {
  if (!event.targetExists) return <bdi>{event.target}</bdi>;
  return (
    <Link
      prefetch={false}
      href={`/${event.targetType === 'user' ? 'users' : 'keys'}/${event.targetId}`}
      className="underline-offset-2 hover:underline"
    >
      <bdi>{event.target}</bdi>
    </Link>
  );
}

function NoEvents({ filtered }: { filtered: boolean }) {
  return (
    <EmptyState title={labels.none}>
      {filtered ? (
        <>
          <p>{labels.noMatch}</p>
          <Link prefetch={false} href="/audit" className={buttonClass()}>
            {labels.showAll}
          </Link>
        </>
      ) : (
        <p>{labels.nothingYet}</p>
      )}
    </EmptyState>
  );
}
