import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { directoryUser } from './directory-user';

/**
 * Identities of users at a provider. The provider's permanent id identifies a person, because usernames and
 * addresses are reused when people leave.
 */
export const federatedIdentity = pgTable(
  'federated_identity',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (identity) => [
    primaryKey({ columns: [identity.issuer, identity.subject] }),
    index('federated_identity_user').on(identity.userId),
    check('federated_identity_subject_length', sql`char_length(subject) between 1 and 255`),
  ],
);
