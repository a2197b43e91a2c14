import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { hasSecondFactor } from '@/lib/sessions/second-factor-of';
import { settings } from '@/lib/settings/settings';
import { signOnLabel } from '@/lib/settings/sign-on-label';
import { findOwnKeyRule } from '../policy/own-key-rule';
import type { HandOverWish } from './hand-over-input';
import { signOnMessages as messages } from './sign-on-messages';

/** The only person who can collect a key by signing in, and where they do. */
export type Collector = { username: string; where: string };

/** What the provider is called at which people sign in for keys of theirs; null while they cannot. */
export async function findSignOn(tx: Queryable = database()): Promise<string | null> {
  const label = signOnLabel();
  return label !== null && (await findOwnKeyRule(tx)) !== 'off' ? label : null;
}

/** The owner of a key or, for a service, the responsible person. */
export const collectorOf = sql`case o.kind when 'service' then o.responsible_id else o.id end`;

type Person = { username: string; hasRole: boolean; hasSecondFactor: boolean };

async function readPerson(tx: Queryable, ownerId: string): Promise<Person | null> {
  const { rows } = await tx.execute<Person>(sql`
    select directory_user.username, directory_user.role is not null as "hasRole",
      ${hasSecondFactor} as "hasSecondFactor"
    from directory_user o join directory_user on directory_user.id = ${collectorOf}
    where o.id = ${ownerId} and directory_user.active and directory_user.deleted_at is null`);
  return rows[0] ?? null;
}

/** Null while nobody can collect keys of this owner by signing in. */
export async function readCollector(tx: Queryable, ownerId: string): Promise<Collector | null> {
  const label = await findSignOn(tx);
  const person = label === null ? null : await readPerson(tx, ownerId);
  if (label === null || !person) return null;
  // Whoever has a role may sign in with a password too.
  return { username: person.username, where: person.hasRole ? messages.here : label };
}

export type SignOnRefusal = { outcome: 'no-sign-on'; message: string };

/** Why nobody could collect the key as it is wished; null if somebody can. */
export async function refuseSignOn(
  tx: Queryable,
  owner: { id: string; username: string },
  wish: HandOverWish | null | undefined,
): Promise<SignOnRefusal | null> {
  if (!wish?.signOn) return null;
  const refused = (message: string) => ({ outcome: 'no-sign-on', message }) as const;
  if (signOnLabel() === null) return refused(messages.noProvider);
  if ((await findOwnKeyRule(tx)) === 'off') return refused(messages.ruleIsOff);
  const person = await readPerson(tx, owner.id);
  if (!person) return refused(messages.nobody(owner.username));
  const isKeptOut = settings().REQUIRE_SECOND_FACTOR && !person.hasRole && !person.hasSecondFactor;
  return isKeptOut ? refused(messages.noSecondFactor(person.username)) : null;
}
