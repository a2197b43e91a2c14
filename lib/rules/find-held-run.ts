import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { ruleDay } from './due-keys';
import { databaseClock } from './idle-sql';

export type HeldRun = { id: string; due: number; active: number; allowed: number; day: string };

/** The run of today that has stopped itself and waits for an administrator; null if none does. */
export async function findHeldRun(
  administrator: Administrator,
  clock: SQL = databaseClock,
): Promise<HeldRun | null> {
  authorize(administrator, 'viewer');
  const { rows } = await database().execute<HeldRun>(sql`
    select id, due, active, allowed, day::text from idle_run
    where held and finished_at is null and day = ${ruleDay(clock)}`);
  return rows[0] ?? null;
}
