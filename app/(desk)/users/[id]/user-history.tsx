import Link from 'next/link';
import { TitledSection } from '@/components/titled-section';
import type { AuditEvent } from '@/lib/audit/audit-search';
import { listPath } from '@/lib/lists/list-path';
import { EventList } from '../../audit/event-list';
import { userLabels as labels } from '../user-labels';

export function UserHistory({ id, events }: { id: string; events: AuditEvent[] }) {
  return (
    <TitledSection id="history" title={labels.history}>
      <EventList events={events} none={labels.noHistory} />
      <p>
        <Link
          prefetch={false}
          href={listPath('/audit', { owner: id })}
          className="text-accent underline"
        >
          {labels.allEvents}
        </Link>
      </p>
    </TitledSection>
  );
}
