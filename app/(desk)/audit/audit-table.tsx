import Link from 'next/link';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { auditActions } from '@/lib/audit/audit-actions';
import type { ListedEvent } from '@/lib/audit/audit-search';
import { EventChanges } from './event-changes';

export function AuditTable({ events, filtered }: { events: ListedEvent[]; filtered: boolean }) {
  if (events.length === 0) return <NoEvents filtered={filtered} />;
  return (
    <table className="report">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Actor</th>
          <th scope="col">Action</th>
          <th scope="col">Target</th>
          <th scope="col">Outcome</th>
          <th scope="col">Address</th>
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
      <td data-label="Time">
        <Moment at={event.at} exact />
      </td>
      <td data-label="Actor" className="wrap-anywhere">
        <bdi>{event.actor}</bdi>
      </td>
      <td data-label="Action">{auditActions[event.action] ?? event.action}</td>
      <td data-label="Target" className="wrap-anywhere">
        <div>
          <Target event={event} />
          <EventChanges event={event} />
        </div>
      </td>
      <td data-label="Outcome">
        <Badge look={event.outcome === 'done' ? 'good' : 'bad'}>
          {event.outcome === 'done' ? 'Done' : 'Refused'}
        </Badge>
      </td>
      <td data-label="Address" className="text-muted wrap-anywhere">
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
    <EmptyState title="No events found.">
      {filtered ? (
        <>
          <p>Nothing matches these filters.</p>
          <Link prefetch={false} href="/audit" className={buttonClass()}>
            Show all events
          </Link>
        </>
      ) : (
        <p>Every change will be listed here, with who made it and from where.</p>
      )}
    </EmptyState>
  );
}
