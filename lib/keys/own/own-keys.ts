import 'server-only';
import type { KeyOwner } from '@/lib/access/key-owner';
import { findPage } from '@/lib/lists/find-page';
import { pageSize } from '@/lib/lists/list-params';
import type { Page } from '@/lib/lists/page';
import { type KeyDetails, readDetails } from '../find-key';
import type { KeyListParams } from '../key-input';
import { keyList } from '../key-list';
import type { KeySummary } from '../key-summary';
import { readSummaries } from '../read-summaries';
import { type KeyUse, readUse } from '../use/key-use';
import { findCallsOf } from '../use/use-of-many';
import type { Calls } from '../use/use-sql';

export type OwnKey = KeySummary & { day: Calls; week: Calls };

const none: Calls = { calls: 0, refused: 0 };

/** One page of one's own keys, newest first, with their calls. */
export async function listOwnKeys(
  owner: KeyOwner,
  { page, at, count }: Pick<KeyListParams, 'page' | 'at' | 'count'>,
): Promise<Page<OwnKey>> {
  const sort = '-created';
  const asked = { page, at, sort, exact: count === 'exact', size: pageSize };
  // One may get another owner after it was found.
  const readOwn = async (ids: string[]) =>
    (await readSummaries(ids)).filter(({ ownerId }) => ownerId === owner.id);
  const reader = { read: readOwn, id: (row: KeySummary) => row.id };
  const found = await findPage(keyList({ owner: owner.id, sort }, {}), asked, reader);
  const calls = await findCallsOf(found.rows.map(({ id }) => id));
  const rows = found.rows.map((row) => ({
    ...row,
    ...(calls[row.id] ?? { day: none, week: none }),
  }));
  return { ...found, rows };
}

/** A key of one's own; null if there is none with this id, whoever else may have one. */
export async function findOwnKey(owner: KeyOwner, id: string): Promise<KeyDetails | null> {
  const [key] = await readDetails([id]);
  return key?.ownerId === owner.id ? key : null;
}

/** How much a key of one's own is used. */
export async function findOwnKeyUse(owner: KeyOwner, id: string): Promise<KeyUse | null> {
  return (await findOwnKey(owner, id)) ? readUse(id) : null;
}
