import 'server-only';
import { type Answer, problem } from '@/lib/http/problem';

/**
 * `POST /api/v1/revoke` in a process that may not change keys. Not 503, after which clients try again, nor
 * 200, which would say that the key has ended.
 */
export function answerRevokedElsewhere(): Answer {
  return problem(404, 'Nothing was revoked: this is done at the address of the pages.');
}
