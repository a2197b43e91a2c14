import Link from 'next/link';
import type { AuditEvent } from '@/lib/audit/audit-search';
import { listPath } from '@/lib/lists/list-path';
import { EventList } from '../../audit/event-list';
import { keyHistoryLabels as labels } from './key-history-labels';

type Props = { ownerId: string; events: AuditEvent[] };

/** What was done to the key, the latest first. */
export function KeyHistory({ ownerId, events }: Props) {
  return (
    <section aria-label={labels.title} className="grid gap-2">
      <EventList events={events} none={labels.none} />
      <p>
        <Link
          prefetch={false}
          href={listPath('/audit', { owner: ownerId })}
          className="text-accent underline"
        >
          {labels.all}
        </Link>
      </p>
    </section>
  );
}
