import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { apiKey } from './api-key';

/**
 * Records the first report of each leaked secret, so that a further report of it changes nothing and is sent
 * to nobody. Only secrets of our own keys are recorded, and only by their version.
 */
export const leakReport = pgTable(
  'leak_report',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    secretVersion: integer('secret_version').notNull(),
    /** Who or what found it, in the words of the report. */
    source: text().notNull(),
    /** Where it was found; null if the report does not say. */
    url: text(),
    reportedAt: timestamp('reported_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (report) => [
    primaryKey({ columns: [report.keyId, report.secretVersion] }),
    check('leak_report_secret_version', sql`secret_version >= 1`),
    check('leak_report_source_length', sql`char_length(source) between 1 and 100`),
    check('leak_report_url_length', sql`char_length(url) between 1 and 1000`),
  ],
);
