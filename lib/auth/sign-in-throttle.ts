import 'server-only';
import { createHash } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { signInFailure } from '@/db/schema/session';
import { sourceOf } from '../network/address';

/** Failures without any delay, for an account and for an address. */
export const freeFailures = 5;
/** Delay after the fifth failure, doubled by each further one up to the longest; in seconds. */
const firstDelay = 2;
const longestDelay = 900;
/**
 * NIST SP 800-63B section 3.2.2: at most 100 consecutive failures, then the password is off. With the
 * delays before them they take the better part of a day.
 */
export const mostFailures = 100;

export type Attempt = { username: string; address: string };

/**
 * Counts an attempt as failed before its password is looked at, so that parallel guesses cannot
 * outrun the count. Success takes it back with {@link forgetFailures}.
 *
 * @returns 0 where the attempt may go on, else the seconds to wait: without end where the account has
 *   failed {@link mostFailures} times, until its password is set anew
 */
export async function reserveAttempt(attempt: Attempt): Promise<number> {
  return database().transaction(async (tx) => {
    const subjects = subjectHashes(attempt);
    await tx.execute(sql`
      insert into sign_in_failure (subject_hash, failures, last_failure_at)
      select unnest(${sql.param(subjects)}::bytea[]), 0, now()
      on conflict do nothing`);
    const rows = await tx
      .select({
        wait: secondsLeft,
        failures: signInFailure.failures,
        of: signInFailure.subjectHash,
      })
      .from(signInFailure)
      .where(inArray(signInFailure.subjectHash, subjects))
      .orderBy(signInFailure.subjectHash)
      .for('update');
    const account = rows.find(({ of }) => of.equals(accountHash(attempt.username)));
    if (account && account.failures >= mostFailures) return Number.POSITIVE_INFINITY;
    const wait = Math.max(...rows.map((row) => row.wait));
    if (wait > 0) return wait;
    await countFailure(tx, subjects);
    return 0;
  });
}

export async function forgetFailures(tx: Queryable, attempt: Attempt): Promise<void> {
  await tx.delete(signInFailure).where(inArray(signInFailure.subjectHash, subjectHashes(attempt)));
}

/** For whoever has just got a new password: what was guessed before says nothing of that one. */
export async function unlockAccount(tx: Queryable, username: string): Promise<void> {
  await tx.delete(signInFailure).where(eq(signInFailure.subjectHash, accountHash(username)));
}

const secondsLeft = sql<number>`
  greatest(0, ceil(extract(epoch from ${signInFailure.blockedUntil} - now())))::int`.mapWith(
  (value) => Number(value ?? 0),
);

/** A day without failures starts the count again. */
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

/** In a fixed order, so that two attempts lock the rows in the same one. */
function subjectHashes({ username, address }: Attempt): Buffer[] {
  return [accountHash(username), sha256(`address:${sourceOf(address)}`)].sort(Buffer.compare);
}

/** Whether or not there is such an account: what an unknown name is told must not tell it apart. */
const accountHash = (username: string) => sha256(`account:${username.trim().toLowerCase()}`);

const sha256 = (text: string) => createHash('sha256').update(text).digest();
