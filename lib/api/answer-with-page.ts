import 'server-only';
import type { Answer } from '@/lib/http/problem';
import type { Page } from '@/lib/lists/page';
import { jsonAnswer } from './answers';
import { refuseValues } from './read-checked';

type Shown<Row> = { item: (row: Row) => unknown; url: URL; count: boolean };

/**
 * One page of a list, with the link to the next (RFC 8288).
 *
 * @throws ProblemError for a cursor of another order
 */
export async function answerWithPage<Row>(
  page: Page<Row> | 'bad-cursor',
  { item, url, count }: Shown<Row>,
): Promise<Answer> {
  if (page === 'bad-cursor') {
    const detail = 'Send the cursor of an answer in the same order.';
    throw refuseValues([{ pointer: '/cursor', detail }], 'query');
  }
  const { rows, after: nextCursor } = page;
  const total = count ? { total: (await page.counted).total } : {};
  const next = new URL(url);
  if (nextCursor) next.searchParams.set('cursor', nextCursor);
  const headers: Record<string, string> = nextCursor ? { Link: `<${next.href}>; rel="next"` } : {};
  return jsonAnswer(200, { items: rows.map(item), nextCursor, ...total }, headers);
}
