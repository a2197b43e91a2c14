import 'server-only';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { mostKeys } from '@/lib/keys/bulk/bulk-input';
import { keyList } from '@/lib/keys/key-list';
import { searchKeys } from '@/lib/keys/key-search';
import type { KeySummary } from '@/lib/keys/key-summary';
import { orTooSlow } from '@/lib/lists/too-slow';
import { firstIds } from '@/lib/lists/whole';
import { type KeyListName, keyListFilters, keyListNames, mostListed } from './key-list-input';

/** The first keys of a list, and how many it has: where that is not exact, there are more. */
export type KeyList = { rows: KeySummary[]; total: number; isExact: boolean };

/** What the report shows under the filter of this list; null where that takes too long. */
export async function findKeyList(
  administrator: Administrator,
  name: KeyListName,
): Promise<KeyList | null> {
  const list = await orTooSlow(readList(administrator, name));
  return list === 'too-slow' ? null : list;
}

export async function findKeyLists(
  administrator: Administrator,
): Promise<Record<KeyListName, KeyList | null>> {
  const found = await Promise.all(
    keyListNames.map(async (name) => [name, await findKeyList(administrator, name)] as const),
  );
  return Object.fromEntries(found) as Record<KeyListName, KeyList | null>;
}

async function readList(administrator: Administrator, name: KeyListName): Promise<KeyList> {
  const asked = { ...keyListFilters[name], page: 1, at: '', count: undefined };
  const { rows, counted } = await searchKeys(administrator, asked);
  const { total, isExact } = await counted;
  return { rows: rows.slice(0, mostListed), total, isExact };
}

/** All keys of a list, as many as one bulk change holds. */
export async function idsOfKeyList(
  administrator: Administrator,
  name: KeyListName,
): Promise<string[]> {
  authorize(administrator, 'operator');
  return firstIds(keyList(keyListFilters[name], {}), mostKeys);
}
