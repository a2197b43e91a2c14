import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { KeyPolicy } from './key-policy';
import type { lifetimes } from './policy-input';

type Asked = { expires: Date | null; lifetime?: (typeof lifetimes)[number] | undefined };

export type ExpiryVerdict =
  | { outcome: 'fine'; expiresAt: Date | null }
  | { outcome: 'expired-already' | 'expiry-required' }
  | { outcome: 'lives-too-long'; days: number };

/** The expiry date that a key would get, by the database's clock and the policy, or why it is refused. */
export async function judgeExpiry(
  tx: Queryable,
  { expires, lifetime }: Asked,
  { expiryRequired, longestLifetime }: KeyPolicy,
): Promise<ExpiryVerdict> {
  const now = await clock(tx);
  const expiresAt = lifetime ? afterDays(now, lifetime) : expires;
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

function afterDays(now: Date, lifetime: (typeof lifetimes)[number]): Date | null {
  return lifetime === 'never' ? null : daysAfter(now, Number(lifetime));
}

const daysAfter = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000);

async function clock(tx: Queryable): Promise<Date> {
  const { rows } = await tx.execute<{ now: string }>(
    sql`select extract(epoch from now()) * 1000 as now`,
  );
  return new Date(Number(rows[0]?.now));
}

/** The message at the field if the policy refuses an expiry date. */
export function expiryRefusal(verdict: Exclude<ExpiryVerdict, { outcome: 'fine' }>): string {
  switch (verdict.outcome) {
    case 'expired-already':
      return 'Choose a time in the future.';
    case 'expiry-required':
      return 'Keys must expire on this installation: choose when.';
    case 'lives-too-long':
      return `Keys may live at most ${verdict.days.toLocaleString('en')} days on this installation.`;
  }
}
