import { Badge } from '@/components/badge';
import { Moment } from '@/components/moment';
import { auditActions } from '@/lib/audit/audit-actions';
import type { AuditEvent } from '@/lib/audit/audit-search';
import { EventChanges } from './event-changes';
import { eventLabels as labels } from './event-labels';

/** The events of one record, which is not named again. */
export function EventList({ events, none }: { events: AuditEvent[]; none: string }) {
  if (events.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ol className="panel divide-y divide-line">
      {events.map((event) => (
        <li key={event.seq} className="grid gap-x-4 px-3 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <Moment at={event.at} />
          <div>
            <span className="font-medium">{auditActions[event.action] ?? event.action}</span>{' '}
            <bdi className="text-muted">{labels.by(event.actor)}</bdi>{' '}
            {event.outcome === 'refused' ? <Badge look="bad">{labels.refused}</Badge> : null}
            <EventChanges event={event} />
          </div>
        </li>
      ))}
    </ol>
  );
}
