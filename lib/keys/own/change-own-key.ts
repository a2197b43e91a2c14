import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { ForbiddenError } from '@/lib/access/administrator';
import { againAfterDeadlock } from '@/lib/access/change-as';
import type { KeyOwner } from '@/lib/access/key-owner';
import { lockKey } from '../find-key';
import type { LockedKey } from '../policy/key-fields';
import { lockOwnKeyRule, type OwnKeyRule } from '../policy/own-key-rule';
import { isServiceKey } from '../service-key';
import { ownKeyMessages } from './own-key-messages';

/** A key of somebody else, a deleted one and one that never was are alike. */
export type NotOwn = { outcome: 'gone' };
/** It has scopes of Keydesk itself, so that its change would stop or open a gateway. */
export type NeedsAdmin = { outcome: 'needs-admin' };

/**
 * The transaction of every change that owners make to a key of theirs, as `changeAs` is of administrators. It
 * locks the key, then the owner's row and the policy, and checks all three: whose key it is, whether the owner
 * is still let in, and what the policy lets them do. Service keys are only for administrators.
 *
 * @throws ForbiddenError if the owner may not act any more
 */
export async function changeOwnKey<Result>(
  owner: KeyOwner,
  id: string,
  change: (tx: Queryable, key: LockedKey, rule: OwnKeyRule) => Promise<Result>,
): Promise<Result | NotOwn | NeedsAdmin> {
  return againAfterDeadlock(() =>
    database().transaction(async (tx): Promise<Result | NotOwn | NeedsAdmin> => {
      const key = await lockKey(tx, id);
      const rule = await requireRule(tx, owner);
      if (!key || key.ownerId !== owner.id) return { outcome: 'gone' };
      if (isServiceKey(key.scopes)) return { outcome: 'needs-admin' };
      return change(tx, key, rule);
    }),
  );
}

/** Locks the owner's row, so that nobody disables them before the commit, and the policy. */
async function requireRule(tx: Queryable, owner: KeyOwner): Promise<OwnKeyRule> {
  const [row] = await tx
    .select({
      role: directoryUser.role,
      kind: directoryUser.kind,
      oneTimeUntil: directoryUser.oneTimeUntil,
    })
    .from(directoryUser)
    .where(
      and(
        eq(directoryUser.id, owner.id),
        eq(directoryUser.active, true),
        isNull(directoryUser.deletedAt),
      ),
    )
    .for('share');
  const mayWork = row && row.oneTimeUntil === null && (row.role !== null || row.kind === 'person');
  const rule = mayWork ? await lockOwnKeyRule(tx) : 'off';
  if (rule === 'off') throw new ForbiddenError(ownKeyMessages.over);
  return rule;
}
