import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';

/**
 * Who did what to which record, when, from where, with what outcome. Names are copied, not joined, so that an
 * event shows what was true when it happened. A trigger allows only inserts.
 */
export const auditEvent = pgTable(
  'audit_event',
  {
    /** Without gaps, so the writer assigns it under the lock of the chain. An identity column leaves gaps. */
    seq: bigint({ mode: 'number' }).primaryKey(),
    at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
    /** Null if nobody was signed in, as for a failed sign-in or the system itself. */
    actorId: uuid('actor_id'),
    actor: text().notNull(),
    action: text().notNull(),
    targetType: text('target_type').notNull(),
    targetId: uuid('target_id'),
    target: text().notNull(),
    outcome: text({ enum: ['done', 'refused'] }).notNull(),
    address: text().notNull(),
    /** Never a secret, MAC or hash. */
    details: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** The seal over this row and the MAC before it. Null in rows that are older than the chain. */
    mac: bytea(),
  },
  (event) => [
    index('audit_event_actor').on(event.actor, event.seq.desc().nullsFirst()),
    index('audit_event_action').on(event.action, event.seq.desc().nullsFirst()),
    index('audit_event_target').on(event.targetId, event.seq.desc().nullsFirst()),
    index('audit_event_at').on(event.at.desc().nullsFirst(), event.seq.desc().nullsFirst()),
    // For searches within names, folded like usernames.
    index('audit_event_actor_search').using(
      'gin',
      sql`(lower(actor collate "und-x-icu") collate "default") gin_trgm_ops`,
    ),
    index('audit_event_target_search').using(
      'gin',
      sql`(lower(target collate "und-x-icu") collate "default") gin_trgm_ops`,
    ),
    check('audit_event_outcome', sql`outcome in ('done', 'refused')`),
    check('audit_event_seq', sql`seq >= 1`),
    check('audit_event_mac_length', sql`octet_length(mac) = 32`),
  ],
);
