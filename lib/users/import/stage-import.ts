import 'server-only';
import { and, eq, lt, or, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database, type Queryable } from '@/db/client';
import { type UserLine, userImport } from '@/db/schema/user-import';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { judgeLines, type Verdict } from './judge-lines';

const anHourAgo = sql`now() - interval '1 hour'`;

/** Keeps the lines of a checked file for its import; whatever this administrator kept before goes. */
export async function stageImport(
  administrator: Administrator,
  lines: UserLine[],
): Promise<string> {
  const id = uuidv7();
  await changeAs(administrator, 'operator', nothing, async (tx) => {
    const old = lt(userImport.createdAt, anHourAgo);
    const own = eq(userImport.administratorId, administrator.id);
    await tx.delete(userImport).where(or(own, old));
    await tx
      .insert(userImport)
      .values({ id, administratorId: administrator.id, lines, lineCount: lines.length });
  });
  return id;
}

/** What would become of each kept line now; null where nothing is kept under this id. */
export async function findVerdicts(
  administrator: Administrator,
  id: string,
): Promise<Verdict[] | null> {
  authorize(administrator, 'operator');
  const lines = await findStagedLines(database(), administrator, id);
  return lines && judgeLines(database(), lines);
}

/** The kept lines, for who checked them and within the hour. */
export async function findStagedLines(tx: Queryable, administrator: Administrator, id: string) {
  const [staged] = await tx
    .select({ lines: userImport.lines })
    .from(userImport)
    .where(isOwn(administrator, id));
  return staged?.lines ?? null;
}

/** How far the import has come; null once it is over. */
export async function findProgress(administrator: Administrator, id: string) {
  authorize(administrator, 'operator');
  const [staged] = await database()
    .select({ done: userImport.progress, total: userImport.lineCount })
    .from(userImport)
    .where(isOwn(administrator, id));
  return staged ?? null;
}

const isOwn = ({ id: owner }: Administrator, id: string) =>
  and(
    eq(userImport.id, id),
    eq(userImport.administratorId, owner),
    sql`${userImport.createdAt} > ${anHourAgo}`,
  );
