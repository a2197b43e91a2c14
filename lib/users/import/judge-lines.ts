import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { UserLine } from '@/db/schema/user-import';
import { importMessages } from './import-messages';
import { judgeResponsible } from './judge-responsible';

/**
 * A line with what would become of it now: `problem` null, and it would be added; with a `warning`, only
 * where somebody agrees to it.
 */
export type Verdict = UserLine & { warning: string | null };

type Judged = { key: string; looks: string; existing: string | null; alike: string | null };

/**
 * Compares lines with each other and with the directory, both as the unique index compares names. What it
 * finds holds only until somebody else adds a user; the import itself is decided by the index.
 */
export async function judgeLines(tx: Queryable, lines: UserLine[]): Promise<Verdict[]> {
  const good = lines.filter((line) => line.problem === null);
  const judged = await compareWithDirectory(tx, good);
  const unanswered = await judgeResponsible(tx, good);
  const keys = new Map<string, UserLine>();
  const looks = new Map<string, UserLine>();
  const found = new Map<number, Pick<Verdict, 'problem' | 'warning'>>();
  for (const [index, name] of judged.entries()) {
    const line = good[index] as UserLine;
    const verdict = judge(name, keys.get(name.key), looks.get(name.looks));
    const problem = verdict.problem ?? unanswered.get(line.line) ?? null;
    found.set(line.line, problem ? { problem, warning: null } : verdict);
    if (!keys.has(name.key)) keys.set(name.key, line);
    if (!looks.has(name.looks)) looks.set(name.looks, line);
  }
  return lines.map((line) => ({ warning: null, ...line, ...found.get(line.line) }));
}

function judge({ existing, alike }: Judged, same?: UserLine, similar?: UserLine) {
  const problem =
    existing !== null
      ? importMessages.existsAs(existing)
      : same && importMessages.duplicateOf(same.line);
  const warning =
    alike !== null
      ? importMessages.looksLikeUser(alike)
      : similar && importMessages.looksLikeLine(similar.username, similar.line);
  return { problem: problem ?? null, warning: problem ? null : (warning ?? null) };
}

async function compareWithDirectory(tx: Queryable, lines: UserLine[]): Promise<Judged[]> {
  const { rows } = await tx.execute<Judged>(sql`
    with line as materialized (
      select number, username_key(username) as key,
        coalesce(username_lookalike(username), username_key(username)) as looks
      from unnest(${sql.param(lines.map((line) => line.username))}::text[])
        with ordinality as typed (username, number)
    )
    select line.key, line.looks, existing.username as existing, (
      select u.username from directory_user u where u.deleted_at is null
        and rtrim(u.username_folded) <> line.key
        and (u.username_folded = line.looks or u.username_lookalike = line.looks)
      order by u.username_folded limit 1) as alike
    from line
    left join directory_user existing
      on existing.username_folded = line.key and existing.deleted_at is null
    order by line.number`);
  return rows;
}
