import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { signInFailure } from '@/db/schema/session';
import { findKnownSource, keepKnownSource } from './known-source';
import {
  type Attempt,
  addressSubject,
  type Source,
  type Subjects,
  subjectsOf,
} from './sign-in-subjects';

/** Failures without any delay, for an account, an address, or an account in a known browser or address. */
export const freeFailures = 5;
/** Delay in seconds after the fifth failure. Each further failure doubles it, up to the longest. */
const firstDelay = 2;
const longestDelay = 900;
/**
 * NIST SP 800-63B section 3.2.2 allows at most 100 consecutive failures. Then the password is off until a day
 * has passed without a failure. The delays before make 100 failures take most of a day. Failures from
 * elsewhere do not block browsers and addresses where the account has signed in before.
 */
export const mostFailures = 100;

/** Failures from elsewhere after which the owner is notified. The delays make them take over an hour. */
export const failuresToTell = 20;

/**
 * Counts an attempt as failed before the password is compared, so that parallel guesses cannot outrun the
 * count. {@link recordSuccess} takes it back.
 *
 * @returns 0 if the attempt may proceed, otherwise the seconds to wait
 */
export async function reserveAttempt(attempt: Attempt): Promise<number> {
  return database().transaction(async (tx) => {
    const subjects = await subjectsOf(tx, attempt);
    const known = await findKnownSource(tx, subjects);
    const { counted, judged } = countersOf(subjects, known);
    await tx.execute(sql`
      insert into sign_in_failure (subject_hash, failures, last_failure_at)
      select unnest(${sql.param(counted.toSorted(Buffer.compare))}::bytea[]), 0, now()
      on conflict do nothing`);
    const rows = await lockRows(tx, counted);
    const waits = rows.map(({ wait, locked, of }) => {
      if (!judged.some((subject) => subject.equals(of))) return 0;
      // Many people may share an address, so it is delayed but never blocked.
      return of.equals(subjects.address) ? wait : Math.max(wait, locked);
    });
    const wait = Math.max(...waits);
    if (wait > 0) return wait;
    await countFailure(tx, counted);
    return 0;
  });
}

/**
 * A known browser or address has its own count, which nobody else can fill. Otherwise account and address are
 * counted. The failures of one account at one address are always counted separately.
 */
function countersOf({ account, address, atAddress }: Subjects, known: Source | null) {
  if (!known) return { counted: [account, address, atAddress.count], judged: [account, address] };
  const also = known === atAddress ? [address] : [];
  return { counted: [known.count, ...also], judged: [known.count] };
}

/** In a fixed order, so that two attempts cannot deadlock. */
function lockRows(tx: Queryable, subjects: Buffer[]) {
  return tx
    .select({ wait: secondsLeft, locked: secondsLocked, of: signInFailure.subjectHash })
    .from(signInFailure)
    .where(inArray(signInFailure.subjectHash, subjects))
    .orderBy(signInFailure.subjectHash)
    .for('update');
}

/**
 * After a complete sign-in, removes the failures of this account here, also from the count of the address.
 * Records that browser and address are known to the account.
 */
export async function recordSuccess(tx: Queryable, attempt: Attempt): Promise<void> {
  const subjects = await subjectsOf(tx, attempt);
  const known = await findKnownSource(tx, subjects);
  const { address, atAddress } = subjects;
  const { counted } = countersOf(subjects, known);
  await lockRows(tx, counted);
  const own = counted.filter((subject) => subject !== address);
  await tx.execute(sql`
    with own as (
      delete from sign_in_failure where subject_hash = any(${sql.param(own)}::bytea[])
      returning subject_hash, failures
    )
    update sign_in_failure
    set failures = greatest(0, sign_in_failure.failures - own.failures), blocked_until = null
    from own where own.subject_hash = ${atAddress.count} and sign_in_failure.subject_hash = ${address}`);
  await keepKnownSource(tx, subjects);
}

/**
 * The same for guesses of something else, counted by address alone. {@link forgiveAtAddress} takes it back.
 *
 * @returns 0 if the attempt may proceed, otherwise the seconds to wait
 */
export async function reserveAtAddress(what: string, address: string): Promise<number> {
  const subject = addressSubject(what, address);
  return database().transaction(async (tx) => {
    await tx.execute(sql`
      insert into sign_in_failure (subject_hash, failures, last_failure_at)
      values (${subject}, 0, now()) on conflict do nothing`);
    const [row] = await lockRows(tx, [subject]);
    if (row && row.wait > 0) return row.wait;
    await countFailure(tx, [subject]);
    return 0;
  });
}

/** Takes back one attempt that was no guess. */
export async function forgiveAtAddress(what: string, address: string): Promise<void> {
  await database()
    .update(signInFailure)
    .set({ failures: sql`greatest(0, ${signInFailure.failures} - 1)`, blockedUntil: null })
    .where(eq(signInFailure.subjectHash, addressSubject(what, address)));
}

/** For a user with a new password. Earlier guesses do not concern it. */
export async function unlockAccount(tx: Queryable, username: string): Promise<void> {
  const { account } = await subjectsOf(tx, { username, address: '' });
  await tx.delete(signInFailure).where(eq(signInFailure.subjectHash, account));
}

/**
 * Whether to notify the owner of an account now that others try its password: after many failures, and at
 * most once a day. Unknown names are treated alike, so that they cannot be told apart.
 *
 * @returns how many failures there are, or null
 */
export async function findFailuresToTell(tx: Queryable, attempt: Attempt): Promise<number | null> {
  const { account, told } = await subjectsOf(tx, attempt);
  const { rows } = await tx.execute<{ failures: number }>(sql`
    with many as (
      select failures from sign_in_failure
      where subject_hash = ${account} and failures >= ${failuresToTell}
    ), note as (
      insert into sign_in_failure (subject_hash, failures, last_failure_at, kept_until)
      select ${told}, 0, now(), now() + interval '1 day' from many
      on conflict (subject_hash) do update set kept_until = excluded.kept_until
        where sign_in_failure.kept_until <= now()
      returning subject_hash
    )
    select failures from many where exists (select from note)`);
  return rows[0]?.failures ?? null;
}

/** Deletes rows that no longer count. People type passwords as usernames, so no row is kept for long. */
export async function forgetOldFailures(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from sign_in_failure where subject_hash in (
      select subject_hash from sign_in_failure
      where coalesce(kept_until, last_failure_at + interval '1 day') < now() limit 1000)`);
  return rowCount ?? 0;
}

const secondsLeft = sql<number>`
  greatest(0, ceil(extract(epoch from ${signInFailure.blockedUntil} - now())))::int`.mapWith(
  (value) => Number(value ?? 0),
);

const secondsLocked = sql<number>`
  case when ${signInFailure.failures} >= ${mostFailures} then greatest(0, ceil(extract(epoch from
    ${signInFailure.lastFailureAt} + interval '1 day' - now())))::int else 0 end`.mapWith(Number);

/** A day without failures restarts the count. */
async function countFailure(tx: Queryable, subjects: Buffer[]) {
  const failures = sql`case when last_failure_at < now() - interval '1 day' then 1 else failures + 1 end`;
  const delay = sql`least(${longestDelay}, ${firstDelay} * 2 ^ least(20, ${failures} - ${freeFailures}))`;
  await tx
    .update(signInFailure)
    .set({
      failures: sql`${failures}`,
      lastFailureAt: sql`now()`,
      blockedUntil: sql`case when ${failures} >= ${freeFailures}
        then now() + make_interval(secs => ${delay}) end`,
    })
    .where(inArray(signInFailure.subjectHash, subjects));
}
