import 'server-only';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { commandLine } from '@/lib/access/command-line';
import { endAllSessions } from '@/lib/auth/end-all-sessions';
import { endHandOvers, recordEnded } from '@/lib/keys/hand-over/end-hand-overs';
import { keyHint } from '@/lib/keys/key-summary';
import { inBatches } from './in-batches';

/** Ends what was begun before the backup and may have been ended or used since: sessions, and links to secrets. */
export async function endOpenThings(
  tx: Queryable,
): Promise<{ sessions: number; handOvers: number }> {
  const open = await tx
    .select({ id: apiKey.id, username: directoryUser.username, hint: keyHint })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(
      and(
        isNull(apiKey.deletedAt),
        sql`exists (select from hand_over h where h.key_id = ${apiKey.id} and h.state = 'open')`,
      ),
    )
    .orderBy(asc(apiKey.id))
    .for('update', { of: apiKey });
  let handOvers = 0;
  for (const keys of inBatches(open)) {
    const ended = await endHandOvers(
      tx,
      keys.map(({ id }) => id),
    );
    await recordEnded(tx, commandLine, keys, ended);
    handOvers += ended.size;
  }
  return { sessions: await endAllSessions(commandLine, tx), handOvers };
}
