import type { KeyPage } from '@/lib/keys/key-search';
import { beginningOnly } from '@/lib/lists/list-labels';
import { reportLabels } from './report-labels';

/** How many there are, beside the title; in place of it, how was searched where that is not plain. */
export async function FoundCount({ found }: { found: KeyPage | null }) {
  if (!found) return null;
  const { total, isExact } = await found.counted;
  return (
    <p className="text-muted">
      {found.beginnings.length > 0
        ? beginningOnly(found.beginnings)
        : reportLabels.count(total, isExact)}
    </p>
  );
}
