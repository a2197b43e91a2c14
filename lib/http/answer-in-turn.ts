import 'server-only';
import { currentResponse } from '@/lib/log/request-id';
import { sourceOf } from '@/lib/network/address';
import { endTurnWith } from './turn-of-answer';
import type { Turns } from './turns';

/**
 * Lets the answer to this request be worked on in turn, its page included: for what anybody may send,
 * to whatever path.
 *
 * @returns null where too many wait already
 */
export async function answerInTurn<Answer>(
  turns: Turns,
  address: string,
  answer: () => Promise<Answer>,
): Promise<Answer | null> {
  if (!(await turns.take(sourceOf(address)))) return null;
  // Without JavaScript the page is rendered after its action: most of the work.
  const response = currentResponse();
  if (response) endTurnWith(turns, response);
  try {
    return await answer();
  } finally {
    if (!response) turns.end();
  }
}
