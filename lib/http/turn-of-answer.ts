import 'server-only';
import type { ServerResponse } from 'node:http';
import type { Turns } from './turns';

/** Milliseconds after which a turn ends, however long the answer takes. */
const longestTurn = 10_000;

/** Ends the turn when the answer and its page are sent, or when the connection is closed. */
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
