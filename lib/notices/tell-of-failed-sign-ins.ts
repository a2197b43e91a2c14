import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { settings } from '@/lib/settings/settings';
import { hooksFor, send } from './write-message';

type Failures = { userId: string; failures: number; address: string };

/**
 * Reports that many sign-ins as this administrator failed. The mail goes to them or, if the directory has no
 * address for them, to the recipients of notices. Webhooks receive it as well.
 */
export async function tellOfFailedSignIns(
  tx: Queryable,
  { userId, failures, address }: Failures,
): Promise<void> {
  const [owner] = await tx
    .select({ username: directoryUser.username, email: directoryUser.email })
    .from(directoryUser)
    .where(eq(directoryUser.id, userId));
  if (!owner) return;
  const { username, email } = owner;
  const link = `${settings().AUTH_URL}/settings/sessions`;
  const mailed = email
    ? sql`select ${email}::text as address`
    : sql`select unnest(addresses) as address from (
        select addresses from notice_recipients for share) row`;
  await send(
    tx,
    {
      type: 'account.failed_sign_ins',
      timestamp: new Date().toISOString(),
      data: { username, failures, lastAddress: address, link },
    },
    sql`
    ${hooksFor('account.failed_sign_ins')}
    union all select null::uuid, address from (${mailed}) mailed where ${isMailOn()}`,
  );
}
