import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { UserLine } from '@/db/schema/user-import';

/** A line with what would become of it now: `problem` null, and it would be added. */
export type Verdict = UserLine;

/**
 * Compares lines with each other and with the directory, both as the unique index folds case. What it
 * finds holds only until somebody else adds a user; the import itself is decided by the index.
 */
export async function judgeLines(tx: Queryable, lines: UserLine[]): Promise<Verdict[]> {
  const good = lines.filter((line) => line.problem === null);
  const { rows } = await tx.execute<{ folded: string; existing: string | null }>(sql`
    select line.folded, existing.username as existing
    from (
      select number, lower(username collate "und-x-icu") collate "default" as folded
      from unnest(${sql.param(good.map((line) => line.username))}::text[])
        with ordinality as typed (username, number)
    ) line
    left join directory_user existing
      on existing.username_folded = line.folded and existing.deleted_at is null
    order by line.number`);
  const firstLines = new Map<string, number>();
  const problems = new Map<number, string>();
  for (const [index, { folded, existing }] of rows.entries()) {
    const { line } = good[index] as UserLine;
    const before = firstLines.get(folded);
    if (existing !== null) problems.set(line, `Exists already as "${existing}".`);
    else if (before !== undefined) problems.set(line, `Duplicate of line ${before}.`);
    if (before === undefined) firstLines.set(folded, line);
  }
  return lines.map((line) => ({
    ...line,
    problem: line.problem ?? problems.get(line.line) ?? null,
  }));
}
