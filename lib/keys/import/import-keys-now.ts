import 'server-only';
import { TooManyTransfersError } from '@/db/transfer';
import type { Administrator } from '@/lib/access/administrator';
import { type ImportKeysResult, importKeys } from './import-keys';

/** The import as a form asks for it: where too many are under way, that is an answer too. */
export async function importKeysNow(
  administrator: Administrator,
  id: string,
): Promise<ImportKeysResult['outcome'] | 'busy'> {
  try {
    return (await importKeys(administrator, id)).outcome;
  } catch (error) {
    if (error instanceof TooManyTransfersError) return 'busy';
    throw error;
  }
}
