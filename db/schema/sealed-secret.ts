import { sql } from 'drizzle-orm';
import { check, integer, pgTable, uuid } from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { apiKey } from './api-key';

/**
 * Sealed secrets that may be revealed. Each has a data key of its own, wrapped under the key-encryption key.
 * A row exists only if the key was made revealable. Only `lib/keys/secret/sealed-secrets.ts` reads it, so
 * that no screen can.
 */
export const sealedSecret = pgTable(
  'sealed_secret',
  {
    keyId: uuid('key_id')
      .primaryKey()
      .references(() => apiKey.id),
    kekVersion: integer('kek_version').notNull(),
    /** Nonce, 32 bytes of data key, tag. */
    wrappedKey: bytea('wrapped_key').notNull(),
    /** Nonce, secret, tag. */
    ciphertext: bytea().notNull(),
  },
  () => [
    check('sealed_secret_wrapped_key_length', sql`octet_length(wrapped_key) = 60`),
    check('sealed_secret_ciphertext_length', sql`octet_length(ciphertext) between 29 and 200`),
  ],
);
