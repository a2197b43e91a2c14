import { unstable_isUnrecognizedActionError } from 'next/navigation';
import { postingLabels } from './posting-labels';

/** Why a form has no answer: what is known of it, and nothing more. */
export type SendProblem =
  /** No connection, or one that broke off. */
  | { kind: 'unreachable' }
  | { kind: 'timeout' }
  /** Something else answered, such as a proxy with a page of its own. */
  | { kind: 'foreign'; status: number }
  /** The page is older than the Keydesk that answered. */
  | { kind: 'updated' }
  /** The server said that it was its database. */
  | { kind: 'database' }
  | { kind: 'fault'; digest: string };

/** A problem that was known where the request was sent. */
export class SendError extends Error {
  override readonly name = 'SendError';
  constructor(readonly problem: SendProblem) {
    super(problem.kind);
  }
}

/** How the digest of an error ends that the server puts down to its database. */
const databaseMark = '@DATABASE';

export const isOfDatabase = (digest: string | undefined) => digest?.endsWith(databaseMark) === true;

/** What a thrown error says of the way to the server and back. */
export function problemOf(error: unknown): SendProblem {
  if (error instanceof SendError) return error.problem;
  if (unstable_isUnrecognizedActionError(error)) return { kind: 'updated' };
  const digest = (error as { digest?: unknown } | null)?.digest;
  if (typeof digest !== 'string') return { kind: 'unreachable' };
  return isOfDatabase(digest) ? { kind: 'database' } : { kind: 'fault', digest };
}

/** Whether the answer is a redirect to the page that re-authenticates. It leads back to the same form. */
export function leadsToProof(error: unknown): boolean {
  const digest = (error as { digest?: unknown } | null)?.digest;
  return typeof digest === 'string' && digest.includes(';/settings/prove?');
}

/** The problem in words, for who pressed the button. */
export function problemText(problem: SendProblem): string {
  switch (problem.kind) {
    case 'foreign':
      return postingLabels.foreign(problem.status);
    case 'fault':
      return postingLabels.fault(problem.digest);
    default:
      return postingLabels[problem.kind];
  }
}
