import 'server-only';
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { findPage } from '@/lib/lists/find-page';
import type { Filter, List } from '@/lib/lists/list';
import { pageSize } from '@/lib/lists/list-params';
import type { Order } from '@/lib/lists/order';
import type { Page } from '@/lib/lists/page';
import { containsPattern } from '@/lib/lists/sql-text';
import type { AuditAction } from './audit-actions';
import type { AuditFilters, AuditListParams } from './audit-input';
import { otherSpellings, type Spellings } from './other-spellings';

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

/** The columns of an event that screens and exports show. */
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

export type AuditPage = Page<ListedEvent>;
/** With the information whether its record still exists. */
export type ListedEvent = AuditEvent & { targetExists: boolean };

const newestFirst: Order = { terms: [{ value: sql`t.seq`, type: 'bigint' }], down: true };

/** One page of events, newest first. A page beyond the end becomes the last one. */
export async function searchEvents(
  administrator: Administrator,
  { page, at, count, ...filters }: AuditListParams,
): Promise<AuditPage> {
  authorize(administrator, 'viewer');
  const asked = { page, at, sort: 'seq', exact: count === 'exact', size: pageSize };
  const reader = { read: readEvents, id: (row: ListedEvent) => String(row.seq) };
  return findPage(auditList(filters, await otherSpellings(filters)), asked, reader);
}

/**
 * The audit under these filters, as a list for paging. `offset 0` makes the planner sort the few matches, not
 * walk back through years of events.
 */
export function auditList(filters: AuditFilters, spellings: Spellings): List {
  return {
    table: sql`audit_event`,
    live: sql`true`,
    id: sql`t.seq`,
    filters: [
      ...(filters.owner ? [ownerFilter(filters.owner)] : []),
      ...conditions(filters, spellings, sql`t`).map((where) => ({
        where,
        candidates: sql`select t.* from audit_event t where ${where} offset 0`,
      })),
    ],
    order: newestFirst,
    countLive: countEvents,
  };
}

const ofKeysOf = (owner: string, events: SQL) => sql`(${events}.target_type = 'key' and exists (
  select from api_key k where k.id = ${events}.target_id and k.owner_id = ${owner}))`;

/** The keys by their two indexes, live ones and deleted ones, and the events of each. */
function ownerFilter(owner: string): Filter {
  return {
    where: ofKeysOf(owner, sql`t`),
    candidates: sql`select t.* from (
        select id from api_key where owner_id = ${owner} and deleted_at is null
        union all select id from api_key where owner_id = ${owner} and deleted_at is not null
      ) k, lateral (
        select e.* from audit_event e where e.target_id = k.id and e.target_type = 'key' offset 0
      ) t`,
  };
}

/** Needs no count, because the numbers of events have no gaps. */
async function countEvents(): Promise<number> {
  const [row] = await database()
    .select({
      count: sql<number>`coalesce(max(${auditEvent.seq}) - min(${auditEvent.seq}) + 1, 0)::float8`,
    })
    .from(auditEvent);
  return row?.count ?? 0;
}

async function readEvents(ids: string[]): Promise<ListedEvent[]> {
  const rows = await database()
    .select({ ...eventColumns, targetExists })
    .from(auditEvent)
    .where(inArray(auditEvent.seq, ids.map(Number)));
  return rows as ListedEvent[];
}

const targetExists = sql<boolean>`case audit_event.target_type
  when 'user' then exists (select from directory_user
    where directory_user.id = audit_event.target_id and directory_user.deleted_at is null)
  when 'key' then exists (select from api_key
    where api_key.id = audit_event.target_id and api_key.deleted_at is null)
  else false end`;

export function matching(filters: AuditFilters, spellings: Spellings): SQL | undefined {
  const { owner } = filters;
  return and(
    ...(owner ? [ofKeysOf(owner, sql`audit_event`)] : []),
    ...conditions(filters, spellings, sql`audit_event`),
  );
}

/** Days are whole days in UTC, and the last one is included. Both ends form a single condition. */
function conditions(filters: AuditFilters, spellings: Spellings, events: SQL): SQL[] {
  const { actor, action, target, from, to } = filters;
  const since = sql`${events}.at >= ${from}::timestamp at time zone 'UTC'`;
  const until = sql`${events}.at < (${to}::timestamp + interval '1 day') at time zone 'UTC'`;
  const days = and(from ? since : undefined, to ? until : undefined);
  return [
    ...(actor ? [contains(sql`${events}.actor`, [actor, ...spellings.actor])] : []),
    ...(action ? [sql`${events}.action = ${action}`] : []),
    ...(target ? [contains(sql`${events}.target`, [target, ...spellings.target])] : []),
    ...(days ? [days] : []),
  ];
}

function contains(column: SQL, texts: string[]): SQL {
  const lower = sql`(lower(${column} collate "und-x-icu") collate "default")`;
  const any = texts.map((text) => sql`${lower} like ${containsPattern(text)}`);
  return sql`(${sql.join(any, sql` or `)})`;
}
