import type { AuditEvent } from '@/lib/audit/audit-search';
import { eventLabels as labels } from './event-labels';

/** What of a record was changed, from what to what, and why, where the event says so. */
export function EventChanges({ event }: { event: Pick<AuditEvent, 'details'> }) {
  const changes = Object.entries(event.details).filter(isChange).filter(isSaid);
  const { reason, oldStopsAt, source, url } = event.details;
  const isBare = [reason, oldStopsAt, source].every((text) => typeof text !== 'string');
  if (changes.length === 0 && isBare) return null;
  return (
    <span className="block text-muted wrap-anywhere">
      {changes.map(([name, { from, to }], index) => (
        <span key={name}>
          {index > 0 ? '; ' : null}
          {labels.field(name)}: <bdi>{labels.value(name, from)}</bdi> →{' '}
          <bdi>{labels.value(name, to)}</bdi>
        </span>
      ))}
      {typeof oldStopsAt === 'string' ? labels.oldStops(oldStopsAt) : null}
      {typeof reason === 'string' ? (
        <>
          {labels.reason}: <bdi>{reason}</bdi>
        </>
      ) : null}
      {typeof source === 'string' ? (
        <>
          {labels.source}: <bdi>{source}</bdi>
        </>
      ) : null}
      {typeof source === 'string' && typeof url === 'string' ? (
        <>
          {labels.place}
          <bdi>{url}</bdi>
        </>
      ) : null}
    </span>
  );
}

type Change = { from: unknown; to: unknown };

function isChange(entry: [string, unknown]): entry is [string, Change] {
  const value = entry[1];
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

/** The window of a limit that came or went is nothing by itself. */
const isSaid = ([name, { from, to }]: [string, Change]) =>
  name !== 'rateWindow' || (from !== null && to !== null);
