import 'server-only';
import type { Queryable } from '@/db/client';
import { tellOfFailedSignIns } from '@/lib/notices/tell-of-failed-sign-ins';
import type { Attempt } from './sign-in-subjects';
import { findFailuresToTell } from './sign-in-throttle';

/** Runs after a refused sign-in. Notifies the owner of the account if it is time to. */
export async function tellOfFailures(
  tx: Queryable,
  attempt: Attempt,
  userId: string | null,
): Promise<void> {
  const failures = await findFailuresToTell(tx, attempt);
  if (failures === null || userId === null) return;
  await tellOfFailedSignIns(tx, { userId, failures, address: attempt.address });
}
