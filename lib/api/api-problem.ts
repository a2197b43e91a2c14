import 'server-only';
import type { Answer } from '@/lib/http/problem';
import { currentRequestId } from '@/lib/log/request-id';
import { settings } from '@/lib/settings/settings';
import { type ProblemKind, problemKinds } from './problem-kinds';

type More = { headers?: Record<string, string>; [member: string]: unknown };

/** Where pages of the kinds of problems are served. */
export const problemPath = '/api/v1/problems/';

/** A problem document (RFC 9457). `type` leads to a page that explains the kind of problem. */
export function apiProblem(kind: ProblemKind, detail?: string, { headers, ...more }: More = {}) {
  const [status, title, page] = problemKinds[kind];
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify({
      type: `${settings().AUTH_URL}${problemPath}${kind}`,
      title,
      status,
      detail: detail ?? page,
      requestId: currentRequestId(),
      ...more,
    }),
  } satisfies Answer;
}

/** Ends a request with a problem from anywhere. A transaction around it is rolled back. */
export class ProblemError extends Error {
  readonly answer: Answer;
  constructor(...problem: Parameters<typeof apiProblem>) {
    super(problem[0]);
    this.answer = apiProblem(...problem);
  }
}
