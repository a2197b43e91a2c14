import 'server-only';
import { apiProblem } from './api-problem';
import { type ProblemKind, problemKinds } from './problem-kinds';
import { respond } from './respond';

/** The page that the `type` of a problem leads to, as plain text for people and programs. */
export function problemPage(kind: string): Response {
  if (!Object.hasOwn(problemKinds, kind)) {
    return respond(apiProblem('not-found', 'There is no such kind of problem.'));
  }
  const [status, title, page] = problemKinds[kind as ProblemKind];
  const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
  const body = `${title} (${status})\n\n${page.replaceAll('`', '')}\n`;
  return respond({ status: 200, headers, body });
}
