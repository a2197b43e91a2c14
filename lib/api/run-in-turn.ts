import 'server-only';
import { Turns } from '@/lib/http/turns';
import { apiProblem } from './api-problem';
import type { UnfinishedAnswer } from './endpoint';

/**
 * Requests that this instance works on at a time. Each may hold a connection to the database, and pages use the
 * same ten. Others wait in the order in which callers alternate. More make no more keys a second, because one thread
 * does the work, but they keep verification waiting for a processor: with six its p99 was a third longer than with
 * two (`npm run bench -- api`).
 */
const atOnce = 3;

const turns = new Turns(atOnce);

/** Runs an endpoint when its turn comes. Answers 503 if too many requests wait already. */
export async function runInTurn(
  caller: string,
  run: () => Promise<UnfinishedAnswer>,
): Promise<UnfinishedAnswer> {
  if (!(await turns.take(caller))) {
    const detail = 'Too many requests wait already.';
    return apiProblem('unavailable', detail, { headers: { 'Retry-After': '1' } });
  }
  try {
    return await run();
  } finally {
    turns.end();
  }
}
