import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { AuditActor } from '@/lib/audit/record-event';
import { lockSignedIn } from '@/lib/sessions/lock-signed-in';
import { signOnLabel } from '@/lib/settings/sign-on-label';
import { lockOwnKeyRule } from '../policy/own-key-rule';
import { collectorOf } from './collector';
import { recordRefusal } from './record-refusal';
import { type LockedHandOver, linkHolder } from './with-hand-over';

/** Who is signed in in the browser that has the link, and by which session. */
export type Visitor = { id: string; username: string; sessionId: string };

/** Who opens a link, and from where. */
export type Opener = { visitor: Visitor | null; address: string };

export type VisitorRefusal = {
  outcome: /** Nobody can sign in for keys of theirs any more. */
    | 'sign-on-off'
    | 'sign-in-needed'
    /** Somebody is signed in, and the key is not theirs. Nothing is used up. */
    | 'other-person'
    | 'over';
};

/**
 * Why this browser may not open a link that is for its user alone; null if it may. Locks what that rests on until
 * the commit: the policy, the session, and the person. Attempts are not counted, because whoever has the link and
 * an account of their own could use it up.
 */
export async function refuseVisitor(
  tx: Queryable,
  found: LockedHandOver,
  opener: Opener,
): Promise<VisitorRefusal | null> {
  if (!found.signOn) return null;
  if (!found.key) return { outcome: 'over' };
  if (signOnLabel() === null || (await lockOwnKeyRule(tx)) === 'off') {
    return { outcome: 'sign-on-off' };
  }
  const { visitor, address } = opener;
  if (!visitor || !(await lockSignedIn(tx, visitor.sessionId, visitor.id))) {
    await recordRefusal(tx, found, linkHolder(address), { reason: 'not signed in' });
    return { outcome: 'sign-in-needed' };
  }
  if (await isCollector(tx, found.key.ownerId, visitor.id)) return null;
  await recordRefusal(tx, found, whoOpens(found, opener), { reason: 'somebody else' });
  return { outcome: 'other-person' };
}

/** The row of the owner is locked, so the responsible person stays the same. */
async function isCollector(tx: Queryable, ownerId: string, id: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select from directory_user o where o.id = ${ownerId} and ${collectorOf} = ${id}`);
  return rows.length > 0;
}

/** For the audit: the person, where the link is for somebody who signs in. */
export function whoOpens({ signOn }: LockedHandOver, { visitor, address }: Opener): AuditActor {
  if (!signOn || !visitor) return linkHolder(address);
  return { id: visitor.id, username: visitor.username, address };
}

/** How the person has shown who they are, for the audit. */
export const proofDetails = ({ signOn }: { signOn: boolean }) =>
  signOn ? ({ proof: 'sign-on' } as const) : {};
