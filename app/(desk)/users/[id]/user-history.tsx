import Link from 'next/link';
import { Moment } from '@/components/moment';
import { TitledSection } from '@/components/titled-section';
import { auditActions } from '@/lib/audit/audit-actions';
import type { AuditEvent } from '@/lib/audit/audit-search';
import { listPath } from '@/lib/lists/list-path';
import { EventChanges } from '../../audit/event-changes';

export function UserHistory({ username, events }: { username: string; events: AuditEvent[] }) {
  return (
    <TitledSection id="history" title="History">
      {events.length === 0 ? (
        <p className="text-muted">Nothing was recorded of this user yet.</p>
      ) : (
        <ol className="divide-y divide-line panel">
          {events.map((event) => (
            <li key={event.seq} className="flex flex-wrap gap-x-4 px-3 py-2">
              <Moment at={event.at} />
              <span className="font-medium">{auditActions[event.action] ?? event.action}</span>
              <span className="text-muted">by {event.actor}</span>
              <EventChanges event={event} />
            </li>
          ))}
        </ol>
      )}
      <p>
        <Link
          prefetch={false}
          href={listPath('/audit', { target: username })}
          className="text-accent underline"
        >
          All events of this user and their keys
        </Link>
      </p>
    </TitledSection>
  );
}
