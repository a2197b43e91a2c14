import { pathWith } from '@/lib/lists/list-path';

/** Back to where one came from; the report then lights the row of this key. */
export function backTo(back: string, keyId: string): string {
  if (!/^\/keys(\?|$)/.test(back)) return back;
  return pathWith(back, '/keys', { added: keyId, deleted: undefined, restored: undefined });
}
