export type Room = { name: string; holds: string };

/**
 * The rooms of `lib`, floor by floor from the top. A room may import from rooms of lower floors and from
 * `db`, never from one beside or above it, so that it can be read without them.
 */
export const floors: readonly (readonly Room[])[] = [
  [{ name: 'server', holds: 'start, end and scheduled work of the process' }],
  [{ name: 'restore', holds: 'which database this is, and what is done again after a restore' }],
  [
    { name: 'auth', holds: 'sign-in in each way; guards of pages, actions, routes and uploads' },
    { name: 'api', holds: 'the management API: callers, endpoints, answers, description' },
  ],
  [
    { name: 'overview', holds: 'what the overview counts and lists' },
    { name: 'verify', holds: 'the verification API, from the socket to the verdict' },
    { name: 'users', holds: 'the directory: find, create, change, disable, delete, import' },
  ],
  [
    {
      name: 'leaks',
      holds: 'reports of leaked secrets: what they say, and what is done about the keys',
    },
    { name: 'rules', holds: 'what the policies do to keys by themselves, day by day' },
  ],
  [{ name: 'notices', holds: 'mails and webhooks, from the event to the delivery' }],
  [{ name: 'keys', holds: 'API keys and all that is done with them' }],
  [{ name: 'audit', holds: 'audit events, their chain, search and export' }],
  [{ name: 'http', holds: 'headers, origins, problem documents, edges of the HTTP servers' }],
  [
    { name: 'sessions', holds: 'rows of sessions and second factors' },
    { name: 'log', holds: 'lines of the log, and what may stand in them' },
    { name: 'metrics', holds: 'what pages and jobs count for Prometheus' },
    { name: 'crypto', holds: 'encryption, and keys derived from AUTH_SECRET' },
  ],
  [{ name: 'settings', holds: 'the environment, checked once' }],
  [
    { name: 'passwords', holds: 'hashes of passwords, and which passwords are refused' },
    { name: 'access', holds: 'who an administrator is, and what their role allows' },
    { name: 'lists', holds: 'search, order and pages of tables of any size' },
    { name: 'csv', holds: 'CSV files, both ways' },
  ],
  [
    { name: 'network', holds: 'addresses and networks' },
    { name: 'forms', holds: 'what a form sends and is told' },
  ],
];

export const rooms: readonly Room[] = floors.flat();

/** The rooms that this one may not import: those beside and above it. */
export function closedTo(name: string): string[] {
  const own = floors.findIndex((floor) => floor.some((room) => room.name === name));
  const names = floors.slice(0, own + 1).flatMap((floor) => floor.map((room) => room.name));
  return names.filter((other) => other !== name);
}
