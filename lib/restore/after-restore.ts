import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { actualPlace } from '@/db/identity';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { commandLine } from '@/lib/access/command-line';
import { recordAtEnd, recordEvent } from '@/lib/audit/record-event';
import { switchOffWebhooks } from '@/lib/notices/switch-webhook';
import type { Range } from './coverage';
import { endKeys } from './end-keys';
import { endOpenThings } from './end-open-things';
import { databaseTarget } from './keep-identity';
import { limitUsers } from './limit-users';
import { readRevocations } from './read-revocations';
import type { RevocationList } from './revocation-list';

/** Either is enough. The words say why it is no harm that something may be missing. */
export type AfterRestoreInput = {
  revocations: NodeJS.ReadableStream | null;
  accept: string | null;
};

export type AfterRestoreResult =
  | ({ outcome: 'done'; head: number; told: Range | null; looks: boolean } & Counts)
  /** Nothing was changed: the file is no list, ends before the restored database does, or leaves events out. */
  | { outcome: 'empty' }
  | { outcome: 'too-old'; head: number; last: number }
  | { outcome: 'gap'; head: number; missing: Range }
  | { outcome: 'changed-meanwhile' };

type Counts = Awaited<ReturnType<typeof takeAway>>;

/**
 * Makes a restored or copied database the one that Keydesk uses. First it takes away again what was taken away
 * after the backup, all of it or nothing. Unless `accept` is given, the file must tell of all events that follow
 * the newest in the database.
 */
export async function afterRestore(input: AfterRestoreInput): Promise<AfterRestoreResult> {
  const head = await newestEvent(database());
  const list = input.revocations ? await readRevocations(input.revocations, head) : null;
  const refusal = list && !input.accept ? judge(list, head) : null;
  if (refusal) return refusal;
  return againAfterDeadlock(() =>
    database().transaction((tx) =>
      recordAtEnd(tx, async (): Promise<AfterRestoreResult> => {
        // Two runs at once would count the same events.
        await tx.execute(sql`lock table database_identity in share row exclusive mode`);
        if ((await newestEvent(tx)) !== head) return { outcome: 'changed-meanwhile' };
        const counts = await takeAway(tx, list);
        await nameDatabase(tx);
        const told = list?.coverage.range ?? null;
        const missing = list?.coverage.gapAfter(head) ?? null;
        const { signIns, ...numbers } = counts;
        const details = {
          head,
          ...(told && { told }),
          ...(missing && { missing }),
          ...(input.accept && { accepted: input.accept }),
          ...numbers,
          signIns: signIns.length,
        };
        await recordEvent(tx, commandLine, 'database.after-restore', databaseTarget, { details });
        return { outcome: 'done', head, told, looks: list?.looks ?? false, ...counts };
      }),
    ),
  );
}

function judge(list: RevocationList, head: number): AfterRestoreResult | null {
  const told = list.coverage.range;
  if (!told) return { outcome: 'empty' };
  if (told.last < head) return { outcome: 'too-old', head, last: told.last };
  const missing = list.coverage.gapAfter(head);
  return missing ? { outcome: 'gap', head, missing } : null;
}

async function takeAway(tx: Queryable, list: RevocationList | null) {
  const users = await limitUsers(tx, list?.users ?? new Map());
  const keys = await endKeys(tx, list?.keys ?? new Map());
  const webhooks = await switchOffWebhooks(tx, commandLine, [...(list?.webhooks ?? [])]);
  return { ...keys, ...users, webhooks, ...(await endOpenThings(tx)) };
}

/** Writes down that the database is right where it is now. */
async function nameDatabase(tx: Queryable) {
  const { system, database: oid, table, timeline } = actualPlace;
  await tx.execute(
    sql.raw(`
    insert into database_identity as d (system, database_oid, table_oid, timeline)
    select ${system}, (${oid})::bigint, (${table})::bigint, ${timeline}
    on conflict (id) do update set system = excluded.system, database_oid = excluded.database_oid,
      table_oid = excluded.table_oid, timeline = excluded.timeline, mark = gen_random_uuid(),
      accepted_anchor = coalesce(d.missing_anchor, d.accepted_anchor), missing_anchor = null,
      kept_at = now()`),
  );
}

async function newestEvent(tx: Queryable): Promise<number> {
  const { rows } = await tx.execute<{ seq: string | null }>(
    sql`select max(seq) as seq from audit_event`,
  );
  return Number(rows[0]?.seq ?? 0);
}
