const fields: Record<string, string> = {
  username: 'Username',
  displayName: 'Display name',
  email: 'Email',
  role: 'Role',
  kind: 'Kind',
  responsible: 'Responsible',
  name: 'Name',
  scopes: 'Scopes',
  owner: 'Owner',
  expiresAt: 'Expires',
  allowedAddresses: 'Allowed addresses',
  rateLimit: 'Rate limit',
  rateWindow: 'Rate limit window',
  metadata: 'Metadata',
  recipients: 'Recipients',
};

const windows: Record<string, string> = { '1': 'second', '60': 'minute', '3600': 'hour' };

/** `2026-11-30T09:00:00.000Z` as `30 Nov 2026, 09:00 UTC`. */
function moment(text: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const date = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return `${at.toLocaleDateString('en-GB', date)}, ${at.toISOString().slice(11, 16)} UTC`;
}

function value(field: string, given: unknown): string {
  if (given === '' || given === null || given === undefined) {
    return field === 'expiresAt' ? 'never' : 'none';
  }
  if (field === 'expiresAt') return moment(String(given));
  if (field === 'rateWindow') return windows[String(given)] ?? `${given} s`;
  if (typeof given === 'number') return given.toLocaleString('en');
  return typeof given === 'string' ? given : JSON.stringify(given);
}

/** Texts of one audit event, wherever it is shown. */
export const eventLabels = {
  by: (actor: string) => `by ${actor}`,
  refused: 'Refused',
  field: (name: string) => fields[name] ?? name,
  value,
  reason: 'Reason',
  /** Of a leaked secret: who reported it, and where it was found. */
  source: 'Reported by',
  place: ', found at ',
  oldStops: (at: string) => `Old secret works until ${moment(at)}`,
} as const;
