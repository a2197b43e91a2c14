import 'server-only';
import { currentResponse } from '@/lib/log/request-id';
import { sourceOf } from '@/lib/network/address';
import { endTurnWith } from './turn-of-answer';
import type { Turns } from './turns';

/**
 * Answers this request when its turn comes, and renders its page in the same turn. For requests that anybody
 * may send, to any path.
 *
 * @returns null if too many requests wait already
 */
export async function answerInTurn<Answer>(
  turns: Turns,
  address: string,
  answer: () => Promise<Answer>,
): Promise<Answer | null> {
  if (!(await turns.take(sourceOf(address)))) return null;
  // Without JavaScript the page is rendered after its action, and that is most of the work.
  const response = currentResponse();
  if (response) endTurnWith(turns, response);
  try {
    return await answer();
  } finally {
    if (!response) turns.end();
  }
}
