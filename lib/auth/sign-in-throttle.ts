import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { signInFailure } from '@/db/schema/session';
import { auditKey } from '../env';
import { sourceOf } from '../network/address';
import { usernameKey } from '../users/username';

/** Failures without any delay, for an account and for an address. */
export const freeFailures = 5;
/** Delay after the fifth failure, doubled by each further one up to the longest; in seconds. */
const firstDelay = 2;
const longestDelay = 900;
/**
 * NIST SP 800-63B section 3.2.2: at most 100 consecutive failures, then the password is off, here until a
 * day has passed without one. With the delays before them they take the better part of a day.
 */
export const mostFailures = 100;

export type Attempt = { username: string; address: string };

/** What failures are counted by. The pair says which of an address are this account's. */
type Subjects = { account: Buffer; address: Buffer; pair: Buffer };

/**
 * Counts an attempt as failed before its password is looked at, so that parallel guesses cannot
 * outrun the count. Success takes it back with {@link forgetFailures}.
 *
 * @returns 0 where the attempt may go on, else the seconds to wait
 */
export async function reserveAttempt(attempt: Attempt): Promise<number> {
  return database().transaction(async (tx) => {
    const subjects = await subjectsOf(tx, attempt);
    const all = Object.values(subjects).sort(Buffer.compare);
    await tx.execute(sql`
      insert into sign_in_failure (subject_hash, failures, last_failure_at)
      select unnest(${sql.param(all)}::bytea[]), 0, now()
      on conflict do nothing`);
    const rows = await tx
      .select({ wait: secondsLeft, locked: secondsLocked, of: signInFailure.subjectHash })
      .from(signInFailure)
      .where(inArray(signInFailure.subjectHash, all))
      // In a fixed order, so that two attempts lock the rows in the same one.
      .orderBy(signInFailure.subjectHash)
      .for('update');
    const waits = rows.map(({ wait, locked, of }) =>
      of.equals(subjects.account) ? Math.max(wait, locked) : of.equals(subjects.pair) ? 0 : wait,
    );
    const wait = Math.max(...waits);
    if (wait > 0) return wait;
    await countFailure(tx, all);
    return 0;
  });
}

/** After a success: of the address, only what this account has added. */
export async function forgetFailures(tx: Queryable, attempt: Attempt): Promise<void> {
  const { account, address, pair } = await subjectsOf(tx, attempt);
  await tx.execute(sql`
    with own as (
      delete from sign_in_failure where subject_hash in (${account}, ${pair})
      returning subject_hash, failures
    )
    update sign_in_failure
    set failures = greatest(0, sign_in_failure.failures - own.failures), blocked_until = null
    from own where own.subject_hash = ${pair} and sign_in_failure.subject_hash = ${address}`);
}

/** For whoever has just got a new password: what was guessed before says nothing of that one. */
export async function unlockAccount(tx: Queryable, username: string): Promise<void> {
  const { account } = await subjectsOf(tx, { username, address: '' });
  await tx.delete(signInFailure).where(eq(signInFailure.subjectHash, account));
}

/** Rows that no longer count. People type passwords where a name belongs: none is kept for long. */
export async function forgetOldFailures(tx: Queryable): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    delete from sign_in_failure where subject_hash in (
      select subject_hash from sign_in_failure
      where last_failure_at < now() - interval '1 day' limit 1000)`);
  return rowCount ?? 0;
}

const secondsLeft = sql<number>`
  greatest(0, ceil(extract(epoch from ${signInFailure.blockedUntil} - now())))::int`.mapWith(
  (value) => Number(value ?? 0),
);

const secondsLocked = sql<number>`
  case when ${signInFailure.failures} >= ${mostFailures} then greatest(0, ceil(extract(epoch from
    ${signInFailure.lastFailureAt} + interval '1 day' - now())))::int else 0 end`.mapWith(Number);

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

/**
 * Whether or not there is such an account: what an unknown name is told must not tell it apart. The name
 * is folded by the database, as for the look-up; what is kept of it opens only with a key of ours.
 */
async function subjectsOf(tx: Queryable, { username, address }: Attempt): Promise<Subjects> {
  const { rows } = await tx.execute<{ folded: string }>(
    sql`select ${usernameKey(username)} as folded`,
  );
  const account = `account:${rows[0]?.folded}`;
  const from = `address:${sourceOf(address)}`;
  return { account: mac(account), address: mac(from), pair: mac(`${from} ${account}`) };
}

/** Under the one secret that commands have as well: `reset-password` opens an account again. */
function mac(text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', auditKey(), '', 'keydesk 1 failed sign-ins', 32));
  return createHmac('sha256', key).update(text).digest();
}
