import 'server-only';
import { z } from 'zod';
import { database, type Queryable } from '@/db/client';
import { keyPolicy, ownKeyRules } from '@/db/schema/key-policy';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { endOwnKeysSessions } from '@/lib/sessions/own-keys-session';

/** What owners may do with their own keys. Each rule includes the one before it. */
export type OwnKeyRule = (typeof ownKeyRules)[number];

export const ownKeyRuleInput = z.strictObject({
  ownKeys: z.enum(ownKeyRules, 'Choose what people may do.'),
});

/** The rule of this installation. `off` if nobody has set one. */
export async function findOwnKeyRule(tx: Queryable = database()): Promise<OwnKeyRule> {
  const [row] = await tx.select({ ownKeys: keyPolicy.ownKeys }).from(keyPolicy);
  return row?.ownKeys ?? 'off';
}

/** The same for a change: the rule stays so until its commit. */
export async function lockOwnKeyRule(tx: Queryable): Promise<OwnKeyRule> {
  const [row] = await tx.select({ ownKeys: keyPolicy.ownKeys }).from(keyPolicy).for('share');
  return row?.ownKeys ?? 'off';
}

/** Sets the rule. `off` ends the sessions of everybody without a role. */
export async function setOwnKeyRule(
  administrator: Administrator,
  { ownKeys }: z.output<typeof ownKeyRuleInput>,
): Promise<void> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => tx.select({ id: keyPolicy.id }).from(keyPolicy).for('update');
  await changeAs(administrator, 'admin', lock, async (tx, by) => {
    const values = { ownKeys, updatedAt: new Date() };
    await tx
      .insert(keyPolicy)
      .values(values)
      .onConflictDoUpdate({ target: keyPolicy.id, set: values });
    if (ownKeys === 'off') await endOwnKeysSessions(tx);
    const target = { type: 'policy', id: null, label: 'Policies' } as const;
    await recordEvent(tx, by, 'policy.change', target, { details: { ownKeys } });
  });
}
