import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  cidr,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { codePointText } from '../code-point-text';
import { directoryUser } from './directory-user';

/**
 * Whether a key holds a scope of Keydesk's own, as written. Spelled out, for an index is used only where
 * a query says the same.
 */
export const holdsOwnScope = sql.raw(
  `scopes && '{${[
    'keydesk:verify',
    'keydesk:manage',
    'keydesk:keys.read',
    'keydesk:keys.write',
    'keydesk:keys.widen',
    'keydesk:users.read',
    'keydesk:users.write',
    'keydesk:audit.read',
    'keydesk:leaks.write',
  ].join(',')}}'::text[]`,
);

/**
 * The record of an API key. Its secret is one set of columns, so a key cannot have two present secrets.
 * Deleted keys keep their row and MAC for attribution. Nothing else of the secret was ever stored.
 */
export const apiKey = pgTable(
  'api_key',
  {
    id: uuid().primaryKey(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => directoryUser.id),
    /**
     * The owner's folded username, maintained by triggers, so that the report can filter and sort by it
     * without a join.
     */
    ownerFolded: codePointText('owner_folded').notNull().default(''),
    name: text().notNull().default(''),
    active: boolean().notNull().default(true),
    scopes: text().array().notNull().default(sql`'{}'`),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    /** Networks from which callers may use this key; empty means any. */
    allowedAddresses: cidr('allowed_addresses').array().notNull().default(sql`'{}'`),
    /** Calls allowed in a window of `rateWindow` seconds; both are null if there is no limit. */
    rateLimit: integer('rate_limit'),
    rateWindow: integer('rate_window'),
    /** A JSON object for the owner's programs. Verification returns it. */
    metadata: jsonb().$type<Record<string, unknown>>(),
    /** HMAC-SHA-256 of the secret under pepper number `secretPepper`. */
    secretMac: bytea('secret_mac').notNull(),
    secretPepper: integer('secret_pepper').notNull(),
    /**
     * For display: the prefix, and the first and last four characters of the rest. Imported secrets in
     * another format have no prefix and, if too little would stay hidden, no characters.
     */
    secretPrefix: text('secret_prefix').notNull(),
    secretFirst: text('secret_first').notNull(),
    secretLast: text('secret_last').notNull(),
    /**
     * Counts the secrets of this key from 1. A regenerate must name the version that the administrator saw.
     */
    secretVersion: integer('secret_version').notNull().default(1),
    secretCreatedAt: timestamp('secret_created_at', { withTimezone: true }).notNull().defaultNow(),
    /** The form submission that made the key. A repeated POST finds it here and makes no second key. */
    requestId: uuid('request_id').notNull(),
    createdBy: uuid('created_by').references(() => directoryUser.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /**
     * When it was last switched on again, restored, given to another owner, or given an end after it had
     * expired: somebody wants it then, whether or not it is used. A trigger sets it.
     */
    revivedAt: timestamp('revived_at', { withTimezone: true }),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
    /** When everything but owner and MAC was removed from a deleted key. */
    purgedAt: timestamp('purged_at', { withTimezone: true }),
  },
  (key) => [
    uniqueIndex('api_key_secret_mac_unique').on(key.secretMac),
    uniqueIndex('api_key_request_id_unique').on(key.requestId),
    index('api_key_owner').on(key.ownerId).where(sql`deleted_at is null`),
    // For the events of a user's keys.
    index('api_key_deleted_owner').on(key.ownerId).where(sql`deleted_at is not null`),
    // One index for each order of the report. Those that end with an id are read in both directions. This one
    // includes all columns of the filters, so that skipped keys are not fetched from the table.
    index('api_key_newest')
      .on(
        key.createdAt.desc().nullsFirst(),
        key.id.desc().nullsFirst(),
        key.active,
        key.expiresAt,
        key.ownerFolded,
      )
      .where(sql`deleted_at is null`),
    // The same for the fewer keys that are inactive or have an expiry date, so that filters on them skip no
    // others.
    index('api_key_newest_apart')
      .on(
        key.active,
        key.createdAt.desc().nullsFirst(),
        key.id.desc().nullsFirst(),
        key.expiresAt,
        key.ownerFolded,
      )
      .where(sql`deleted_at is null and (not active or expires_at is not null)`),
    // What "Key or name" finds: a part of the folded name, and the characters of a secret that are shown.
    // The index of names leaves out keys without one: none costs more to write.
    index('api_key_name_search')
      .using('gin', sql`name_part(name) gin_trgm_ops`)
      .where(sql`deleted_at is null and name <> ''`),
    index('api_key_by_first').on(key.secretFirst).where(sql`deleted_at is null`),
    index('api_key_by_last').on(key.secretLast).where(sql`deleted_at is null`),
    index('api_key_deleted')
      .on(key.deletedAt.desc().nullsFirst())
      .where(sql`deleted_at is not null and purged_at is null`),
    index('api_key_service')
      .on(key.createdAt.desc().nullsFirst(), key.id.desc().nullsFirst())
      .where(sql`deleted_at is null and ${holdsOwnScope}`),
    // For the lists of the overview.
    index('api_key_expiring').on(key.expiresAt).where(sql`deleted_at is null and active`),
    index('api_key_lifetime')
      .on(sql`(expires_at - created_at)`)
      .where(sql`deleted_at is null and active`),
    check('api_key_purged', sql`purged_at is null or deleted_at is not null`),
    index('api_key_by_owner').on(key.ownerFolded, key.id).where(sql`deleted_at is null`),
    // Also finds the keys of one status. The expiry date separates active from expired keys, so the index
    // need not change with time. It includes the column itself, so that a count reads only the index.
    index('api_key_by_status')
      .on(key.active, sql`coalesce(expires_at, 'infinity')`, key.id, key.expiresAt)
      .where(sql`deleted_at is null`),
    index('api_key_by_expiry')
      .on(sql`coalesce(expires_at, 'infinity')`, key.id)
      .where(sql`deleted_at is null`),
    check('api_key_name_length', sql`char_length(name) <= 100`),
    check('api_key_secret_mac_length', sql`octet_length(secret_mac) = 32`),
    check(
      'api_key_secret_hint_length',
      sql`(char_length(secret_first) = 4 and char_length(secret_last) = 4)
        or (secret_prefix = '' and secret_first = '' and secret_last = '')`,
    ),
    check('api_key_secret_version', sql`secret_version >= 1`),
    check(
      'api_key_scopes',
      sql`cardinality(scopes) <= 50 and array_position(scopes, null) is null`,
    ),
    check(
      'api_key_allowed_addresses',
      sql`cardinality(allowed_addresses) <= 100 and array_position(allowed_addresses, null) is null`,
    ),
    check(
      'api_key_metadata',
      sql`jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 16384`,
    ),
    check(
      'api_key_rate',
      sql`(rate_limit is null) = (rate_window is null)
        and rate_limit between 1 and 1000000 and rate_window between 1 and 86400`,
    ),
  ],
);

/**
 * MACs of replaced secrets, kept so that late callers can be traced to the key. The last one may still work
 * for its overlap. A secret never works again after its overlap.
 */
export const formerSecret = pgTable(
  'former_secret',
  {
    mac: bytea().primaryKey(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    pepper: integer().notNull(),
    version: integer().notNull(),
    /** When it was made; null if that was not recorded. */
    issuedAt: timestamp('issued_at', { withTimezone: true }),
    replacedAt: timestamp('replaced_at', { withTimezone: true }).notNull().defaultNow(),
    /** Until when it works, by the clock of the database; null if it does not. */
    stopsAt: timestamp('stops_at', { withTimezone: true }),
  },
  (secret) => [
    index('former_secret_key').on(secret.keyId),
    // At most one old secret of a key is in its overlap. A new overlap must end the earlier one first.
    uniqueIndex('former_secret_overlap').on(secret.keyId).where(sql`stops_at is not null`),
    check('former_secret_mac_length', sql`octet_length(mac) = 32`),
  ],
);
