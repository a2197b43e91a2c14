import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { UserLine } from '@/db/schema/user-import';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { importMessages as messages } from './import-messages';

/** A user who is named as responsible, in the directory or by a line of the file. */
type Named = { key: string; existing: string | null; isActive: boolean; isPerson: boolean };

/** What is wrong with the responsible persons of these lines, by their number. */
export async function judgeResponsible(
  tx: Queryable,
  lines: UserLine[],
): Promise<Map<number, string>> {
  const services = lines.filter(({ kind }) => kind === 'service');
  if (services.length === 0) return new Map();
  const { responsibleRequired } = await findKeyPolicy(tx);
  const named = await lookUp(tx, services, lines);
  const problems = services.map(({ line, responsible = '' }, at) => {
    if (responsible === '') return [line, responsibleRequired ? messages.needsResponsible : null];
    return [line, problemOf(named[at], responsible)];
  });
  return new Map(problems.filter((one): one is [number, string] => one[1] !== null));
}

function problemOf(found: Named | undefined, name: string): string | null {
  if (!found || found.existing === null) return messages.responsible.unknown(name);
  if (!found.isPerson) return messages.responsible.service(name);
  return found.isActive ? null : messages.responsible.disabled(name);
}

/** The named users in the order of the services. A user of the directory comes before one of the file. */
async function lookUp(tx: Queryable, services: UserLine[], lines: UserLine[]): Promise<Named[]> {
  const { rows } = await tx.execute<Named>(sql`
    with line as materialized (
      select distinct on (key) username_key(username) as key, username, active, kind
      from unnest(${sql.param(lines.map(({ username }) => username))}::text[],
        ${sql.param(lines.map(({ active }) => active))}::boolean[],
        ${sql.param(lines.map(({ kind = 'person' }) => kind))}::text[])
        with ordinality as line (username, active, kind, number)
      order by 1, number
    )
    select typed.key, coalesce(u.username, line.username) as existing,
      coalesce(u.active, line.active) as "isActive",
      coalesce(u.kind, line.kind) = 'person' as "isPerson"
    from (select username_key(name) as key, number
      from unnest(${sql.param(services.map(({ responsible = '' }) => responsible))}::text[])
        with ordinality as named (name, number)) typed
    left join directory_user u on u.username_folded = typed.key and u.deleted_at is null
    left join line on line.key = typed.key
    order by typed.number`);
  return rows;
}

/** The ids of those who answer for these services, once all persons are added; locked until the commit. */
export async function idsOfResponsible(
  tx: Queryable,
  services: Pick<UserLine, 'responsible'>[],
): Promise<(string | undefined)[]> {
  const { rows } = await tx.execute<{ id: string | null }>(sql`
    with typed as materialized (
      select username_key(name) as key, number
      from unnest(${sql.param(services.map(({ responsible = '' }) => responsible))}::text[])
        with ordinality as named (name, number)
    ), person as materialized (
      select id, username_folded from directory_user
      where username_folded in (select key from typed) and deleted_at is null
      order by id for share
    )
    select person.id from typed left join person on person.username_folded = typed.key
    order by typed.number`);
  return rows.map(({ id }) => id ?? undefined);
}
