import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { apiKey } from './api-key';
import { directoryUser } from './directory-user';

/**
 * Secrets that wait for their users. Each is sealed under a key that stands only in the fragment of a link,
 * so what is stored here opens nothing. The seal is removed when the hand-over ends; the rest of the row
 * stays for a while, so that the link can say what became of it.
 */
export const handOver = pgTable(
  'hand_over',
  {
    /** Random, because it is a part of the link. */
    id: uuid().primaryKey(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    state: text({ enum: ['open', 'collected', 'ended', 'expired'] })
      .notNull()
      .default('open'),
    /** Whether the key works with another secret until this one is collected. */
    replaces: boolean().notNull(),
    /** Whether the key is switched on when it is collected. */
    activates: boolean().notNull(),
    /** The number that this secret has among the secrets of the key, or gets when it is collected. */
    secretVersion: integer('secret_version').notNull(),
    /** SHA-256 of the proof that a browser derives from the fragment. */
    proofHash: bytea('proof_hash').notNull(),
    /** HMAC of the six digits; null if the link alone is enough. */
    codeMac: bytea('code_mac'),
    /**
     * Whether only its user gets it, signed in. Such a row has the MAC of a code that nobody has, so that a
     * release that does not know of this gives the secret to nobody.
     */
    signOn: boolean('sign_on').notNull().default(false),
    wrongCodes: integer('wrong_codes').notNull().default(0),
    /** Nonce, secret, tag. Null once the hand-over is no longer open. */
    sealedSecret: bytea('sealed_secret'),
    /** What the key gets as its secret when it is collected; null unless it replaces one. */
    secretMac: bytea('secret_mac'),
    secretPepper: integer('secret_pepper'),
    secretPrefix: text('secret_prefix'),
    secretFirst: text('secret_first'),
    secretLast: text('secret_last'),
    /** How long the replaced secret works after the collection, by the name of the choice. */
    overlap: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    /** The address from which it was collected. */
    collectedFrom: text('collected_from'),
    /** Who made it, to be told if nobody collects it; null for a command. */
    madeBy: uuid('made_by').references(() => directoryUser.id),
    /** That nobody collected it has been told. */
    told: boolean().notNull().default(false),
  },
  (one) => [
    // Also finds the keys that wait. A second hand-over of a key must end the first.
    uniqueIndex('hand_over_open').on(one.keyId).where(sql`state = 'open'`),
    index('hand_over_key').on(one.keyId),
    index('hand_over_due').on(one.expiresAt).where(sql`state = 'open'`),
    index('hand_over_closed').on(one.closedAt).where(sql`state <> 'open'`),
    check('hand_over_state', sql`state in ('open', 'collected', 'ended', 'expired')`),
    check(
      'hand_over_closed_at',
      sql`(state = 'open') = (closed_at is null) and (state = 'collected') = (collected_from is not null)`,
    ),
    check('hand_over_seal', sql`(state = 'open') = (sealed_secret is not null)`),
    check('hand_over_sealed_secret_length', sql`octet_length(sealed_secret) between 29 and 300`),
    check(
      'hand_over_replacement',
      sql`replaces = (num_nonnulls(secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, overlap) = 6)
        and replaces = (num_nulls(secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, overlap) < 6)
        and not (replaces and activates)`,
    ),
    check(
      'hand_over_digests',
      sql`octet_length(proof_hash) = 32 and octet_length(code_mac) = 32 and octet_length(secret_mac) = 32`,
    ),
    check('hand_over_sign_on', sql`not sign_on or code_mac is not null`),
    check('hand_over_wrong_codes', sql`wrong_codes between 0 and 5`),
    check('hand_over_secret_version', sql`secret_version >= 1`),
  ],
);
