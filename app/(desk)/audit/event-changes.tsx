import type { AuditEvent } from '@/lib/audit/audit-search';

/** What of a record was changed, from what to what, and why, where the event says so. */
export function EventChanges({ event }: { event: Pick<AuditEvent, 'details'> }) {
  const changes = Object.entries(event.details).filter(isChange);
  const { reason } = event.details;
  if (changes.length === 0 && typeof reason !== 'string') return null;
  return (
    <span className="block text-muted wrap-anywhere">
      {changes.map(([name, { from, to }], index) => (
        <span key={name}>
          {index > 0 ? '; ' : null}
          {words[name] ?? name}: <bdi>{shown(from)}</bdi> → <bdi>{shown(to)}</bdi>
        </span>
      ))}
      {typeof reason === 'string' ? (
        <>
          reason: <bdi>{reason}</bdi>
        </>
      ) : null}
    </span>
  );
}

const words: Record<string, string> = {
  username: 'username',
  displayName: 'display name',
  email: 'email',
  name: 'name',
  scopes: 'scopes',
  owner: 'owner',
};

type Change = { from: unknown; to: unknown };

function isChange(entry: [string, unknown]): entry is [string, Change] {
  const value = entry[1];
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

const shown = (value: unknown) =>
  value === '' || value === null ? 'nothing' : typeof value === 'string' ? value : 'changed';
