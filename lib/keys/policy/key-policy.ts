import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { keyPolicy } from '@/db/schema/key-policy';
import { ownerEvent, ownerNoticePosition } from '@/db/schema/owner-notice';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import type { KeyPolicyInput } from './key-policy-input';
import { type Lifetime, type OnLeak, presetDays } from './policy-choices';

export type KeyPolicy = {
  expiryRequired: boolean;
  /** In days. */
  longestLifetime: number | null;
  mostKeysPerUser: number | null;
  /** In days. */
  defaultLifetime: number | null;
  defaultRateLimit: number | null;
  /** In seconds. */
  defaultRateWindow: number;
  /** What happens to a key when its secret is reported as leaked. */
  onLeak: OnLeak;
  /** Whether every service needs a responsible person. */
  responsibleRequired: boolean;
  /** Days before the end of a key on which notices about it are sent; 0 is the day itself. */
  noticeDays: number[];
  /** Whether owners get mails about their keys. */
  tellOwners: boolean;
};

const none: KeyPolicy = {
  expiryRequired: false,
  longestLifetime: null,
  mostKeysPerUser: null,
  defaultLifetime: null,
  defaultRateLimit: null,
  defaultRateWindow: 60,
  onLeak: 'switch-off',
  responsibleRequired: false,
  noticeDays: [30, 7, 1],
  tellOwners: false,
};

/** The policy of this installation; without rules if none was set. */
export async function findKeyPolicy(tx: Queryable = database()): Promise<KeyPolicy> {
  const [row] = await tx
    .select({
      expiryRequired: keyPolicy.expiryRequired,
      longestLifetime: keyPolicy.longestLifetime,
      mostKeysPerUser: keyPolicy.mostKeysPerUser,
      defaultLifetime: keyPolicy.defaultLifetime,
      defaultRateLimit: keyPolicy.defaultRateLimit,
      defaultRateWindow: keyPolicy.defaultRateWindow,
      onLeak: keyPolicy.onLeak,
      responsibleRequired: keyPolicy.responsibleRequired,
      noticeDays: keyPolicy.noticeDays,
      tellOwners: keyPolicy.tellOwners,
    })
    .from(keyPolicy);
  return row ?? none;
}

/** The initial values of the form for a new key. The expiry date is by the clock of the database. */
export async function findNewKeyDefaults(): Promise<{
  rateLimit: number | null;
  rateWindow: number;
  expires: Date | null;
  lifetime: Lifetime | undefined;
}> {
  const [row] = await database()
    .select({
      rateLimit: keyPolicy.defaultRateLimit,
      rateWindow: keyPolicy.defaultRateWindow,
      days: keyPolicy.defaultLifetime,
      expires: sql<number | null>`extract(epoch from
        now() + make_interval(days => ${keyPolicy.defaultLifetime}))::float8`,
    })
    .from(keyPolicy);
  const { rateLimit = null, rateWindow = none.defaultRateWindow, expires = null } = row ?? {};
  return {
    rateLimit,
    rateWindow,
    expires: expires === null ? null : new Date(expires * 1_000),
    lifetime: presetDays.find((days) => Number(days) === row?.days),
  };
}

/** Sets the policy for keys that are made or changed from now on. Existing keys stay as they are. */
export async function setKeyPolicy(
  administrator: Administrator,
  input: KeyPolicyInput,
): Promise<void> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => tx.select({ id: keyPolicy.id }).from(keyPolicy).for('update');
  await changeAs(administrator, 'admin', lock, async (tx, by) => {
    const values = { ...input, updatedAt: new Date() };
    await tx
      .insert(keyPolicy)
      .values(values)
      .onConflictDoUpdate({ target: keyPolicy.id, set: values });
    await (input.tellOwners ? beginTellingOwners(tx) : stopTellingOwners(tx));
    const target = { type: 'policy', id: null, label: 'Policies' } as const;
    await recordEvent(tx, by, 'policy.change', target, { details: input });
  });
}

/** Owners are told of what happens from now on. Where they are told already, nothing changes. */
async function beginTellingOwners(tx: Queryable): Promise<void> {
  await tx.execute(sql`
    insert into owner_notice_position (seq) select coalesce(max(seq), 0) from audit_event
    on conflict do nothing`);
}

async function stopTellingOwners(tx: Queryable): Promise<void> {
  await tx.delete(ownerNoticePosition);
  await tx.delete(ownerEvent);
}
