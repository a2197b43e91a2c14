import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { usernameKey } from '@/lib/lists/username';
import { sourceOf } from '@/lib/network/address';
import { auditKey } from '@/lib/settings/settings';

/** `browser` is the id that a browser keeps after a sign-in. */
export type Attempt = { username: string; address: string; browser?: string | null | undefined };

/**
 * An account at one address or in one browser: its count, and the record that the account signed in there.
 */
export type Source = { count: Buffer; known: Buffer };

/** The keys by which failures are counted. */
export type Subjects = {
  account: Buffer;
  address: Buffer;
  /** The record that the owner was notified of failures. */
  told: Buffer;
  atAddress: Source;
  inBrowser: Source | null;
};

/**
 * Works the same whether or not the account exists, so that answers do not reveal unknown names. The database
 * folds the name, as for the look-up. Names are stored only as MACs under a key of ours.
 */
export async function subjectsOf(
  tx: Queryable,
  { username, address, browser }: Attempt,
): Promise<Subjects> {
  const { rows } = await tx.execute<{ folded: string }>(
    sql`select ${usernameKey(username)} as folded`,
  );
  const account = `account:${rows[0]?.folded}`;
  const from = `address:${sourceOf(address)}`;
  const source = (text: string): Source => ({
    count: mac(`${text} ${account}`),
    known: mac(`known ${text} ${account}`),
  });
  return {
    account: mac(account),
    address: mac(from),
    told: mac(`told ${account}`),
    atAddress: source(from),
    inBrowser: browser ? source(`browser:${browser}`) : null,
  };
}

/** An address that guesses something other than passwords. */
export const addressSubject = (what: string, address: string): Buffer =>
  mac(`${what} address:${sourceOf(address)}`);

/** Uses AUDIT_KEY, the one secret that commands have as well, because `reset-password` unlocks an account. */
function mac(text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', auditKey(), '', 'keydesk 1 failed sign-ins', 32));
  return createHmac('sha256', key).update(text).digest();
}
