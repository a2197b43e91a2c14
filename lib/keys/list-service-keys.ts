import 'server-only';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey, holdsOwnScope } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { type KeySummary, keySummary } from './key-summary';
import { verifyScope } from './scope';

/** So many are listed; nobody has as many services. */
const mostListed = 200;

/** The keys with which services may use Keydesk itself, the newest first. */
export async function listServiceKeys(
  administrator: Administrator,
): Promise<{ rows: KeySummary[]; isWhole: boolean }> {
  authorize(administrator, 'viewer');
  const rows = await database()
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(isNull(apiKey.deletedAt), holdsOwnScope))
    .orderBy(sql`${desc(apiKey.createdAt)} nulls first`, sql`${desc(apiKey.id)} nulls first`)
    .limit(mostListed + 1);
  return { rows: rows.slice(0, mostListed), isWhole: rows.length <= mostListed };
}

/** Whether there is one that a service can ask with: it works, and may ask whether keys are good. */
export async function hasServiceKey(administrator: Administrator): Promise<boolean> {
  const { rows } = await listServiceKeys(administrator);
  return rows.some(
    ({ status, ownerActive, scopes }) =>
      status === 'active' && ownerActive && scopes.includes(verifyScope),
  );
}
