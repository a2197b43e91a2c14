import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import type { ClientConfig } from 'pg';
import { rowInPlace } from '@/db/identity';
import type { Connection } from './connection';
import { TurnQueue, type TurnQueueOptions } from './turn-queue';
import type { FoundKey } from './verdict';

export type Mac = { bytes: Buffer; hex: string };

/** What the database knows of each key, by the MAC of its secret in hex. */
export type Found = ReadonlyMap<string, { mac: Buffer; key: FoundKey }>;

export type Lookup = TurnQueue<readonly Mac[], Found>;

/**
 * Tells the planner that a look-up has few MACs, however full or freshly filled the tables are. A look-up
 * never needs to scan a whole table.
 */
const session = {
  application_name: 'keydesk verify',
  plan_cache_mode: 'force_generic_plan',
  jit: 'off',
  timezone: 'UTC',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  datestyle: 'ISO',
  bytea_output: 'hex',
};

/**
 * The end and the beginning belong to the secret; everything else belongs to the key. Last comes whether the
 * answer is of the database that this connection was made to.
 */
const facts = (endsAt: string, issuedAt: string) => `
  k.id, k.name, k.active, ${endsAt}, coalesce(k.expires_at <= now(), false),
  ${issuedAt}, array_to_string(k.scopes, ' '), array_to_string(k.allowed_addresses, ' '),
  k.rate_limit, k.rate_window, u.id, u.username, u.active, k.metadata::text, ${rowInPlace}`;

/**
 * Includes deleted keys and replaced secrets past their overlap, so that late callers can be traced to the
 * key.
 */
export const lookupText = `
  select k.secret_mac, k.deleted_at is not null, k.secret_version,
    ${facts('k.expires_at', 'k.secret_created_at')}
  from api_key k join directory_user u on u.id = k.owner_id
  where k.secret_mac = any($1::bytea[])
  union all
  select f.mac, k.deleted_at is not null or coalesce(f.stops_at <= now(), true), f.version,
    ${facts('least(f.stops_at, k.expires_at)', 'coalesce(f.issued_at, k.created_at)')}
  from former_secret f join api_key k on k.id = f.key_id join directory_user u on u.id = k.owner_id
  where f.mac = any($1::bytea[])`;

/** Opens the look-up of secrets on a few connections of its own, separate from those of pages. */
export function openLookup(
  connection: ClientConfig,
  told: Pick<TurnQueueOptions<readonly Mac[], Found>, 'onBatch' | 'onRole'> = {},
  connections = 2,
): Lookup {
  return new TurnQueue({
    connection,
    connections,
    session,
    mostWaiting: 2_000,
    largestBatch: 250,
    repeatable: true,
    answer: findAll,
    ...told,
  });
}

async function findAll(connection: Connection, asked: (readonly Mac[])[]): Promise<Found[]> {
  const distinct = new Set<string>();
  for (const macs of asked) for (const { hex } of macs) distinct.add(hex);
  const literal = `{${Array.from(distinct, (hex) => `"\\\\x${hex}"`).join(',')}}`;
  const rows = await connection.run({
    name: 'keydesk_lookup',
    text: lookupText,
    values: [literal],
    rowMode: 'array',
  });
  const found = new Map<string, { mac: Buffer; key: FoundKey }>();
  for (const row of rows) {
    connection.requireInPlace(row.at(-1));
    const hex = (row[0] ?? '').slice(2);
    found.set(hex, { mac: Buffer.from(hex, 'hex'), key: readKey(row) });
  }
  return asked.map(() => found);
}

/** The key found for the first matching MAC. There is one MAC for each pepper, newest first. */
export function findAmong(found: Found, macs: readonly Mac[]): FoundKey | undefined {
  for (const { bytes, hex } of macs) {
    const entry = found.get(hex);
    if (entry && timingSafeEqual(entry.mac, bytes)) return entry.key;
  }
  return undefined;
}

function readKey(row: readonly (string | null)[]): FoundKey {
  const [, dead, version, id, name, active, expiresAt, expired, issuedAt, scopes, networks] = row;
  const [calls, seconds, userId, username, userActive, metadata] = row.slice(11);
  return {
    id: id ?? '',
    name: name ?? '',
    dead: dead !== 'f',
    version: Number(version),
    active: active === 't',
    expired: expired !== 'f',
    expiresAt: expiresAt && expiresAt !== 'infinity' ? utc(expiresAt) : null,
    issuedAt: utc(issuedAt ?? ''),
    scopes: scopes ? scopes.split(' ') : [],
    allowedAddresses: networks ? networks.split(' ') : [],
    rateLimit: calls && seconds ? { calls: Number(calls), seconds: Number(seconds) } : null,
    user: { id: userId ?? '', username: username ?? '', active: userActive === 't' },
    metadata: metadata ?? null,
  };
}

/** Writes `2026-11-23 12:00:00.5+00` as RFC 3339. */
function utc(timestamp: string): string {
  return timestamp.replace(' ', 'T').replace(/\+00$/, 'Z');
}
