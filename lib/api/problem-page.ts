import 'server-only';
import { type ProblemKind, problemKinds } from './problem-kinds';

/** The page that the `type` of a problem leads to, as plain text for people and programs. */
export function problemPage(kind: string): Response {
  const isKnown = Object.hasOwn(problemKinds, kind);
  const headers = { 'Content-Type': 'text/plain; charset=utf-8' };
  if (!isKnown)
    return new Response('There is no such kind of problem.\n', { status: 404, headers });
  const [status, title, page] = problemKinds[kind as ProblemKind];
  return new Response(`${title} (${status})\n\n${page.replaceAll('`', '')}\n`, { headers });
}
