import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { beforeSpan, type Calls, callsJson, lastUseOf, moment, usedLately } from './use-sql';

/** The address from which a secret was called; empty if the caller reported none. Times are RFC 3339. */
export type UseSource = { address: string; lastSeen: string; calls: number };

/** The impact of taking a key away, as far as usage has been written. See `lib/verify/usage.ts`. */
export type KeyUse = {
  lastUsedAt: string | null;
  usedLately: boolean;
  day: Calls;
  week: Calls;
  /** The addresses of the valid secrets, latest first. */
  sources: UseSource[];
};

/** An old secret that still works beside the new one. */
export type Overlap = {
  stopsAt: string;
  /** The last call with the old secret; null if unknown. */
  oldLastSeen: { at: string; secondsAgo: number } | null;
  /** No call with the old secret for an hour. */
  silent: boolean;
  old: SecretUse;
  new: SecretUse;
};

export type SecretUse = { version: number; calls: number; sources: UseSource[] };

const sourceJson = sql`coalesce(json_agg(json_build_object('address', address,
  'lastSeen', ${moment('last_seen')}, 'calls', calls) order by last_seen desc, address), '[]')`;

/** How much a key is used; null if it no longer exists. */
export async function findKeyUse(administrator: Administrator, id: string): Promise<KeyUse | null> {
  authorize(administrator, 'viewer');
  return readUse(id);
}

/** The same for a key that the reader is allowed to see. */
export async function readUse(id: string): Promise<KeyUse | null> {
  const { rows } = await database().execute<{ use: KeyUse }>(sql`
    select json_build_object(
      'lastUsedAt', ${moment('last.at')},
      'usedLately', ${usedLately(sql`last.at`)},
      'day', u.day, 'week', u.week,
      'sources', s.sources
    ) as use
    from api_key k, lateral (select ${lastUseOf(sql`k.id`)} as at) last,
      lateral (select ${callsJson('1 day')} as day, ${callsJson('7 days')} as week
      from key_usage where key_id = k.id and hour > ${beforeSpan('7 days')}
    ) u, lateral (
      select ${sourceJson} as sources from (
        select address, max(last_seen) as last_seen, sum(calls) as calls from key_source
        where key_id = k.id and (version = k.secret_version or version in (
          select version from former_secret where key_id = k.id and stops_at > now()))
        group by address order by 2 desc, 1 limit 5
      ) latest
    ) s
    where k.id = ${id} and k.deleted_at is null`);
  return rows[0]?.use ?? null;
}

/** The overlap of a key's last two secrets; null if only one works. */
export async function findOverlap(
  administrator: Administrator,
  id: string,
): Promise<Overlap | null> {
  authorize(administrator, 'viewer');
  return readOverlap(id);
}

/** The same for a key that the reader is allowed to see. */
export async function readOverlap(id: string): Promise<Overlap | null> {
  const secret = (version: string) => sql`json_build_object(
    'version', ${sql.raw(version)},
    'calls', (select coalesce(sum(count), 0) from key_usage
      where key_id = k.id and version = ${sql.raw(version)} and hour > ${beforeSpan('1 day')}),
    'sources', (select ${sourceJson} from key_source
      where key_id = k.id and version = ${sql.raw(version)}))`;
  const { rows } = await database().execute<{ overlap: Overlap }>(sql`
    select json_build_object(
      'stopsAt', ${moment('f.stops_at')},
      'oldLastSeen', case when seen.at is not null then json_build_object('at', ${moment('seen.at')},
        'secondsAgo', greatest(0, floor(extract(epoch from now() - seen.at)))) end,
      'silent', coalesce(seen.at < now() - interval '1 hour', true),
      'old', ${secret('f.version')},
      'new', ${secret('k.secret_version')}
    ) as overlap
    from api_key k join former_secret f on f.key_id = k.id and f.stops_at > now(),
      lateral (select ${lastUseOf(sql`k.id`)} as at) last,
      lateral (
        -- Before uses were recorded by secret, the last use before the change was of the old one.
        select coalesce(max(last_seen),
          case when last.at <= f.replaced_at then last.at end) as at
        from key_source where key_id = k.id and version = f.version
      ) seen
    where k.id = ${id} and k.deleted_at is null`);
  return rows[0]?.overlap ?? null;
}
