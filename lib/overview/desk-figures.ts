import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { statusFilter } from '@/lib/keys/key-filters';
import type { StatusFilter } from '@/lib/keys/key-input';
import { countedAtMost } from '@/lib/lists/list';
import { countLive } from '@/lib/lists/row-count';

/** Where it is not exact, there are more. */
export type Figure = { total: number; isExact: boolean };
export type DeskFigures = Record<'active' | 'inactive' | 'expired' | 'users', Figure>;

/** How many keys and users there are, without reading more than some thousand entries of an index. */
export async function findDeskFigures(administrator: Administrator): Promise<DeskFigures> {
  authorize(administrator, 'viewer');
  const [keys, users, { rows }] = await Promise.all([
    countLive('api_key'),
    countLive('directory_user'),
    database().execute<Record<'active' | 'inactive' | 'expired' | 'waiting', number>>(sql`
      select ${upTo('active')} as active, ${upTo('inactive')} as inactive,
        ${upTo('expired')} as expired, ${upTo('waiting')} as waiting`),
  ]);
  const { active = 0, inactive = 0, expired = 0, waiting = 0 } = rows[0] ?? {};
  const others = [inactive, expired, waiting].map(figure);
  // All others are active, however many those are.
  const rest = { total: Math.max(0, keys - inactive - expired - waiting), isExact: true };
  return {
    active: others.every(({ isExact }) => isExact) ? rest : figure(active),
    inactive: figure(inactive),
    expired: figure(expired),
    users: { total: users, isExact: true },
  };
}

const upTo = (status: StatusFilter) => sql`(select count(*) from (
  select from (${statusFilter(status).candidates}) t limit ${countedAtMost + 1}) c)::int`;

const figure = (counted: number): Figure => ({
  total: Math.min(counted, countedAtMost),
  isExact: counted <= countedAtMost,
});
