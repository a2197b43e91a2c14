import 'server-only';
import type { Queryable } from '@/db/client';
import { tell } from '@/lib/notices/write-message';
import { settings } from '@/lib/settings/settings';
import type { LeakedKey } from './leaked-key';

/** Writes notices about keys whose secrets were reported as leaked for the first time. */
export async function tellOfLeaks(tx: Queryable, source: string, keys: LeakedKey[]): Promise<void> {
  const home = settings().AUTH_URL;
  const told = keys.map(({ id, name, username, hint, deleted, url, result }) => ({
    id,
    name,
    username,
    hint,
    source,
    url,
    result: result.replaceAll('-', '_') as 'switched_off' | 'old_secret_stopped' | 'unchanged',
    link: deleted ? `${home}/keys/deleted` : `${home}/keys/${id}`,
  }));
  if (told.length > 0) await tell(tx, 'key.leaked', told);
}
