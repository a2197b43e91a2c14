import 'server-only';
import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';
import type { AuditActor } from '@/lib/audit/record-event';
import { recordEvents } from '@/lib/audit/record-event';
import { endHandOversOf } from '@/lib/keys/hand-over/end-hand-overs-of';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { findByUsername, userTarget } from './find-user';
import type { LockedUser } from './lock-user';

/** Why nothing was changed. `username` is as it was typed. */
export type ResponsibleRefusal =
  | { outcome: 'bad-responsible'; because: BadResponsible; username: string }
  /** The policy does not allow a service without a responsible person. */
  | { outcome: 'needs-responsible' };

/** Why somebody cannot answer for a service. */
export type BadResponsible = 'unknown' | 'disabled' | 'service' | 'oneself';

type Candidate = Pick<LockedUser, 'id' | 'username' | 'active' | 'kind'>;

/** The user whom somebody named as responsible, locked so that they stay as they are until the commit. */
export async function lockResponsible(tx: Queryable, text: string): Promise<Candidate | undefined> {
  const found = text === '' ? undefined : await findByUsername(tx, text);
  if (!found) return undefined;
  const { id, username, active, kind } = directoryUser;
  const [row] = await tx
    .select({ id, username, active, kind })
    .from(directoryUser)
    .where(and(eq(id, found.id), isNull(directoryUser.deletedAt)))
    .for('share');
  return row;
}

/**
 * Judges a locked user who was named as responsible.
 *
 * @param text what was typed; empty for nobody
 * @param besides the service itself, or the person who is to be relieved
 */
export async function refuseResponsible(
  tx: Queryable,
  text: string,
  found: Candidate | undefined,
  besides: string,
): Promise<ResponsibleRefusal | null> {
  if (text === '') {
    const { responsibleRequired } = await findKeyPolicy(tx);
    return responsibleRequired ? { outcome: 'needs-responsible' } : null;
  }
  const because = whyNot(found, besides);
  return because && { outcome: 'bad-responsible', because, username: text };
}

function whyNot(found: Candidate | undefined, besides: string): BadResponsible | null {
  if (!found) return 'unknown';
  if (found.id === besides) return 'oneself';
  if (found.kind !== 'person') return 'service';
  return found.active ? null : 'disabled';
}

const isAnsweredForBy = (personId: string) =>
  and(eq(directoryUser.responsibleId, personId), isNull(directoryUser.deletedAt));

/** For how many services a person answers. */
export async function countServices(tx: Queryable, personId: string): Promise<number> {
  const [row] = await tx
    .select({ services: count() })
    .from(directoryUser)
    .where(isAnsweredForBy(personId));
  return row?.services ?? 0;
}

export type AnsweredFor = { id: string; username: string };

/** Services that a page names; it counts all of them. */
const mostNamed = 20;

/** The services for which a person answers. */
export async function listServicesOf(
  administrator: Administrator,
  personId: string,
): Promise<{ named: AnsweredFor[]; total: number }> {
  authorize(administrator, 'viewer');
  const named = await database()
    .select({ id: directoryUser.id, username: directoryUser.username })
    .from(directoryUser)
    .where(isAnsweredForBy(personId))
    .orderBy(sql`${directoryUser.usernameFolded} collate "C"`)
    .limit(mostNamed);
  const total = named.length < mostNamed ? named.length : await countServices(database(), personId);
  return { named, total };
}

type Person = { id: string; username: string };

/**
 * Gives the services of a person to another, or to nobody.
 *
 * @returns records the events, which must come last
 */
export async function moveServices(
  tx: Queryable,
  from: Person,
  to: Person | undefined,
): Promise<(actor: AuditActor) => Promise<void>> {
  const services = await tx
    .select({ id: directoryUser.id, username: directoryUser.username })
    .from(directoryUser)
    .where(isAnsweredForBy(from.id))
    .orderBy(asc(directoryUser.id))
    .for('no key update');
  const ids = services.map(({ id }) => id);
  if (ids.length > 0) {
    await tx
      .update(directoryUser)
      .set({ responsibleId: to?.id ?? null, updatedAt: sql`now()` })
      .where(inArray(directoryUser.id, ids));
  }
  const details = { responsible: { from: from.username, to: to?.username ?? null } };
  const recordEnded = await endHandOversOf(tx, ids);
  return async (actor) => {
    await recordEnded(actor);
    await recordEvents(tx, actor, 'user.update', services.map(userTarget), { details });
  };
}
