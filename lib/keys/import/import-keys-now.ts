import 'server-only';
import { TooManyTransfersError } from '@/db/transfer';
import type { Administrator } from '@/lib/access/administrator';
import { type ImportKeysResult, importKeys } from './import-keys';

/** The import for a form. Too many running transfers are a result, not an error. */
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
