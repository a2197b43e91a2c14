import 'server-only';
import type { Queryable } from '@/db/client';
import { tellAll } from '@/lib/notices/write-message';
import { settings } from '@/lib/settings/settings';
import { idlePath } from './idle-path';

/** Tells administrators, once for each run, that the rule for unused keys would switch off too many. */
export async function tellOfHeldRun(
  tx: Queryable,
  counted: { due: number; active: number; allowed: number },
): Promise<void> {
  const data = { ...counted, link: `${settings().AUTH_URL}${idlePath}` };
  await tellAll(tx, {
    type: 'policy.idle_keys_held',
    timestamp: new Date().toISOString(),
    data,
  });
}
