import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { KeyPolicy } from './key-policy';
import type { Lifetime } from './policy-choices';
import { expiryMessages } from './policy-messages';

type Asked = { expires: Date | null; lifetime?: Lifetime | undefined };

export type ExpiryVerdict =
  | { outcome: 'fine'; expiresAt: Date | null }
  | { outcome: 'date-missing' | 'expired-already' | 'expiry-required' }
  | { outcome: 'lives-too-long'; days: number };

/** The expiry date that a key would get, by the database's clock and the policy, or why it is refused. */
export async function judgeExpiry(
  tx: Queryable,
  { expires, lifetime }: Asked,
  { expiryRequired, longestLifetime }: KeyPolicy,
): Promise<ExpiryVerdict> {
  if (lifetime === 'date' && expires === null) return { outcome: 'date-missing' };
  const isEndless = expires === null && (lifetime === undefined || lifetime === 'never');
  // The clock of the database costs a question, which a key without an end does not need.
  const now = isEndless ? new Date() : await clock(tx);
  const expiresAt = endAfter(now, lifetime, expires);
  if (expiresAt === null) {
    if (expiryRequired) return { outcome: 'expiry-required' };
    if (longestLifetime !== null) return { outcome: 'lives-too-long', days: longestLifetime };
    return { outcome: 'fine', expiresAt };
  }
  if (expiresAt <= now) return { outcome: 'expired-already' };
  const latest = longestLifetime === null ? null : daysAfter(now, longestLifetime);
  if (latest && expiresAt > latest)
    return { outcome: 'lives-too-long', days: longestLifetime ?? 0 };
  return { outcome: 'fine', expiresAt };
}

function endAfter(now: Date, lifetime: Lifetime | undefined, expires: Date | null): Date | null {
  if (lifetime === undefined || lifetime === 'date') return expires;
  return lifetime === 'never' ? null : daysAfter(now, Number(lifetime));
}

/** The field that chose the end, where what is wrong with it is said. */
export const expiryField = (lifetime: Lifetime | undefined) =>
  lifetime === undefined || lifetime === 'date' ? 'expires' : 'lifetime';

const daysAfter = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000);

async function clock(tx: Queryable): Promise<Date> {
  const { rows } = await tx.execute<{ now: string }>(
    sql`select extract(epoch from now()) * 1000 as now`,
  );
  return new Date(Number(rows[0]?.now));
}

/** The message at the field if the policy refuses an expiry date. */
export function expiryRefusal(verdict: Exclude<ExpiryVerdict, { outcome: 'fine' }>): string {
  if (verdict.outcome === 'lives-too-long') return expiryMessages['lives-too-long'](verdict.days);
  return expiryMessages[verdict.outcome];
}
