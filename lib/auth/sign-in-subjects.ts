import 'server-only';
import { createHmac, hkdfSync } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { usernameKey } from '@/lib/lists/username';
import { sourceOf } from '@/lib/network/address';
import { auditKey } from '@/lib/settings/settings';

/** `browser` is the id that a browser keeps since somebody signed in with it. */
export type Attempt = { username: string; address: string; browser?: string | null | undefined };

/** An account at one address or in one browser: its count, and the note that it has signed in there. */
export type Source = { count: Buffer; known: Buffer };

/** What failures are counted by. */
export type Subjects = {
  account: Buffer;
  address: Buffer;
  /** The note that the owner was told of failures. */
  told: Buffer;
  atAddress: Source;
  inBrowser: Source | null;
};

/**
 * Whether or not there is such an account: what an unknown name is told must not tell it apart. The name
 * is folded by the database, as for the look-up; what is kept of it opens only with a key of ours.
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

/** Under the one secret that commands have as well: `reset-password` opens an account again. */
function mac(text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', auditKey(), '', 'keydesk 1 failed sign-ins', 32));
  return createHmac('sha256', key).update(text).digest();
}
