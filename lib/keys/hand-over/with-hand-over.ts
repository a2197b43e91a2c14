import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { handOver } from '@/db/schema/hand-over';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { lockKey } from '../find-key';
import type { LockedKey } from '../policy/key-fields';
import { linkHolderName } from './hand-over-input';

/** A hand-over and its key, both locked, as they are now. The key is null if it was deleted. */
export type LockedHandOver = typeof handOver.$inferSelect & {
  /** Its term is over by the database's clock, whether or not housekeeping has seen it. */
  isOver: boolean;
  key: LockedKey | null;
};

/**
 * The transaction of whoever has a link. Locks in the order of all changes: the owner against being disabled,
 * then the key, then the hand-over.
 */
export function withHandOver<Result>(
  id: string,
  change: (tx: Queryable, found: LockedHandOver | null) => Promise<Result>,
): Promise<Result> {
  return againAfterDeadlock(() =>
    database().transaction(async (tx) => {
      const [known] = await tx
        .select({ keyId: handOver.keyId })
        .from(handOver)
        .where(eq(handOver.id, id));
      if (!known) return change(tx, null);
      await tx.execute(sql`select id from directory_user
        where id = (select owner_id from api_key where id = ${known.keyId}) for share`);
      const key = await lockKey(tx, known.keyId);
      const [row] = await tx.select().from(handOver).where(eq(handOver.id, id)).for('update');
      if (!row) return change(tx, null);
      const { rows } = await tx.execute<{ over: boolean }>(
        sql`select expires_at <= clock_timestamp() as over from hand_over where id = ${id}`,
      );
      return change(tx, { ...row, isOver: rows[0]?.over !== false, key });
    }),
  );
}

export const linkHolder = (address: string) => ({ id: null, username: linkHolderName, address });
