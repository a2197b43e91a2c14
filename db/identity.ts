import 'server-only';
import { RestoredError } from './restored';

/** Where PostgreSQL says that the data is, and where the row says that it should be. */
type Place = { system: string; database: string; table: string; timeline: string };
type Kept = Place & { mark: string; missingAnchor: string | null };
export type Facts = { actual: Place; kept: Kept | null; recoveredToTarget: boolean };

/** What a connection leads to: the database of the row, the same one after a failover, or one without a row. */
export type Standing = 'known' | 'promoted' | 'unmarked';

/** The timeline of a server that is not in recovery. */
export const currentTimeline = `left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

/** Each as text, because oids and identifiers exceed numbers of JSON. */
export const actualPlace = {
  system: `(select system_identifier::text from pg_control_system())`,
  database: `(select oid::text from pg_database where datname = current_database())`,
  table: `'database_identity'::regclass::oid::text`,
  timeline: currentTimeline,
};

const targets = ['', '_lsn', '_name', '_time', '_xid'].map(
  (end) => `current_setting('recovery_target${end}') <> ''`,
);

/** All facts in one text, so that they come with the answer to another question. */
export const factsSql = `json_build_object(
  'actual', json_build_object(${Object.entries(actualPlace).map(([name, value]) => `'${name}', ${value}`)}),
  'kept', (select json_build_object('system', d.system, 'database', d.database_oid::text,
    'table', d.table_oid::text, 'timeline', d.timeline, 'mark', d.mark,
    'missingAnchor', d.missing_anchor) from database_identity d),
  'recoveredToTarget', ${targets.join(' or ')})::text`;

/**
 * Whether the row still lies in its table, for statements on connections that live long: a dump restored into the
 * same database replaces the tables under them. Null if there is no row.
 */
export const rowInPlace = `(select d.missing_anchor is null and d.table_oid = d.tableoid::bigint
  from database_identity d)`;

/** Pages and `instrumentation.ts` are bundled separately, but share what was found. */
const shared = globalThis as typeof globalThis & { keydeskIdentity?: State };
type State = {
  /** The row of each database that this process has used, by the name of the database. */
  seen: Map<string, { mark: string; timeline: string }>;
  restored: boolean;
  trustsAny: boolean;
  listener?: (found: 'promoted' | 'restored') => void;
};

function state(): State {
  shared.keydeskIdentity ??= { seen: new Map(), restored: false, trustsAny: false };
  return shared.keydeskIdentity;
}

/** For the commands that look at a restored database, or make it good. */
export function trustAnyDatabase(): void {
  state().trustsAny = true;
}

export const trustsAnyDatabase = () => state().trustsAny;

/** Whether the newest connection of this thread led to a restored database. */
export const foundRestored = () => state().restored;

/** Is told by each connection that finds the database promoted or restored. */
export function onIdentity(listener: State['listener']): void {
  if (listener) state().listener = listener;
}

/** Whether this process has used a database of this name that had a row. */
export const hasSeen = (database: string) => state().seen.has(database);

/**
 * Judges what a new connection leads to, and remembers it.
 *
 * @param facts null if the database has no table for the row
 * @throws RestoredError if it was restored or copied, or was left behind by a failover
 */
export function judgeIdentity(database: string, facts: Facts | null): Standing {
  const own = state();
  const standing = facts ? standingOf(facts, own.seen.get(database)) : withoutRow(database);
  own.restored = standing === 'restored';
  if (standing === 'restored' || standing === 'promoted') own.listener?.(standing);
  if (standing === 'restored') throw new RestoredError();
  if (facts?.kept) {
    own.seen.set(database, { mark: facts.kept.mark, timeline: facts.actual.timeline });
  }
  return standing;
}

function withoutRow(database: string): 'unmarked' | 'restored' {
  return hasSeen(database) ? 'restored' : 'unmarked';
}

function standingOf(
  { actual, kept, recoveredToTarget }: Facts,
  seen: { mark: string; timeline: string } | undefined,
): Standing | 'restored' {
  // A dump from before there were rows.
  if (!kept) return seen ? 'restored' : 'unmarked';
  const isElsewhere = (['system', 'database', 'table'] as const).some(
    (name) => kept[name] !== actual[name],
  );
  if (isElsewhere || kept.missingAnchor !== null) return 'restored';
  // A server that went on by itself after another one was promoted.
  if (seen?.mark === kept.mark && actual.timeline < seen.timeline) return 'restored';
  if (actual.timeline === kept.timeline) return 'known';
  return actual.timeline > kept.timeline && !recoveredToTarget ? 'promoted' : 'restored';
}
