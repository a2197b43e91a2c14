import 'server-only';
import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { type Administrator, authorize } from '../auth/administrator';
import { containsPattern } from '../sql-text';
import type { AuditAction } from './audit-actions';
import type { AuditListParams } from './audit-input';

export type AuditEvent = {
  seq: number;
  at: Date;
  actor: string;
  action: AuditAction;
  target: string;
  targetType: string;
  targetId: string | null;
  outcome: 'done' | 'refused';
  address: string;
  details: Record<string, unknown>;
};

/** What screens and exports show of an event. */
export const eventColumns = {
  seq: auditEvent.seq,
  at: auditEvent.at,
  actor: auditEvent.actor,
  action: auditEvent.action,
  target: auditEvent.target,
  targetType: auditEvent.targetType,
  targetId: auditEvent.targetId,
  outcome: auditEvent.outcome,
  address: auditEvent.address,
  details: auditEvent.details,
};

/** The latest events of one record, newest first. */
export async function listEventsOf(
  administrator: Administrator,
  targetId: string,
): Promise<AuditEvent[]> {
  authorize(administrator, 'viewer');
  const rows = await database()
    .select(eventColumns)
    .from(auditEvent)
    .where(eq(auditEvent.targetId, targetId))
    .orderBy(desc(auditEvent.seq))
    .limit(20);
  return rows as AuditEvent[];
}

export const auditPageSize = 50;

export type AuditPage = { rows: ListedEvent[]; total: number; page: number; pages: number };
/** With whether its record is still there to be looked at. */
export type ListedEvent = AuditEvent & { targetExists: boolean };

/** One page of events, newest first. A page beyond the end is the last one. */
export async function searchEvents(
  administrator: Administrator,
  params: AuditListParams,
): Promise<AuditPage> {
  authorize(administrator, 'viewer');
  const matches = matching(params);
  const [counted] = await database().select({ total: count() }).from(auditEvent).where(matches);
  const total = counted?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / auditPageSize));
  const page = Math.min(params.page, pages);
  const rows = await database()
    .select({ ...eventColumns, targetExists })
    .from(auditEvent)
    .where(matches)
    .orderBy(desc(auditEvent.seq))
    .limit(auditPageSize)
    .offset((page - 1) * auditPageSize);
  return { rows: rows as ListedEvent[], total, page, pages };
}

const targetExists = sql<boolean>`case audit_event.target_type
  when 'user' then exists (select from directory_user
    where directory_user.id = audit_event.target_id and directory_user.deleted_at is null)
  when 'key' then exists (select from api_key
    where api_key.id = audit_event.target_id and api_key.deleted_at is null)
  else false end`;

/** Days are whole days in UTC, the last one included. */
export function matching({
  actor,
  action,
  target,
  from,
  to,
}: Omit<AuditListParams, 'page'>): SQL | undefined {
  return and(
    actor ? contains(sql`${auditEvent.actor}`, actor) : undefined,
    action ? eq(auditEvent.action, action) : undefined,
    target ? contains(sql`${auditEvent.target}`, target) : undefined,
    from ? sql`${auditEvent.at} >= ${from}::timestamp at time zone 'UTC'` : undefined,
    to
      ? sql`${auditEvent.at} < (${to}::timestamp + interval '1 day') at time zone 'UTC'`
      : undefined,
  );
}

const contains = (column: SQL, text: string) =>
  sql`lower(${column} collate "und-x-icu") collate "default" like ${containsPattern(text)}`;
