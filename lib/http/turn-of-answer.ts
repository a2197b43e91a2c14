import 'server-only';
import type { ServerResponse } from 'node:http';
import type { Turns } from './turns';

/** Whatever holds an answer up, its turn is over by then. */
const longestTurn = 10_000;

/** Gives a turn back once this answer is on its way, its page included, or nobody waits for it. */
export function endTurnWith(turns: Turns, response: ServerResponse): void {
  let isOver = false;
  const end = () => {
    if (!isOver) turns.end();
    isOver = true;
  };
  response.once('finish', end);
  response.once('close', end);
  setTimeout(end, longestTurn).unref();
}
