import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { Source, Subjects } from './sign-in-subjects';

/** Days for which a browser or an address is known to an account after the last sign-in. */
export const knownDays = 90;

/**
 * The browser or address from which the account has signed in before; null if there is neither. The browser
 * comes first, because a whole office may share an address.
 */
export async function findKnownSource(
  tx: Queryable,
  { inBrowser, atAddress }: Subjects,
): Promise<Source | null> {
  const sources = [inBrowser, atAddress].filter((source) => source !== null);
  const notes = sources.map(({ known }) => known);
  const { rows } = await tx.execute<{ note: Buffer }>(sql`
    select subject_hash as note from sign_in_failure
    where subject_hash = any(${sql.param(notes)}::bytea[]) and kept_until > now()`);
  return sources.find(({ known }) => rows.some(({ note }) => note.equals(known))) ?? null;
}

/** Records after a sign-in that browser and address are known to the account. */
export async function keepKnownSource(
  tx: Queryable,
  { inBrowser, atAddress }: Subjects,
): Promise<void> {
  const sources = [inBrowser, atAddress].filter((source) => source !== null);
  const notes = sources.map(({ known }) => known).sort(Buffer.compare);
  await tx.execute(sql`
    insert into sign_in_failure (subject_hash, failures, last_failure_at, kept_until)
    select unnest(${sql.param(notes)}::bytea[]), 0, now(),
      now() + make_interval(days => ${knownDays})
    on conflict (subject_hash) do update set kept_until = excluded.kept_until`);
}
