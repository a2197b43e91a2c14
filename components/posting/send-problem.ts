import { unstable_isUnrecognizedActionError } from 'next/navigation';

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

const still = 'Your entries are still here.';
const whole = 'What you sent was done wholly or not at all.';

/** The problem in words, for who pressed the button. */
export function problemText(problem: SendProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return `Keydesk could not be reached. ${still} Check your connection and try again.`;
    case 'timeout':
      return `Keydesk did not answer in time. ${still} What you sent may have arrived nevertheless.`;
    case 'foreign':
      return `Keydesk could not be reached: a page with status ${problem.status} came back instead of its answer. ${still} Try again.`;
    case 'updated':
      return `Keydesk was updated while this page was open. ${still} Reload the page: they are kept, but for passwords, codes and files.`;
    case 'database':
      return `Keydesk could not do this, because its database did not answer. ${still} ${whole} Try again.`;
    case 'fault':
      return `Keydesk could not do this. ${still} ${whole} For the log: ${problem.digest}`;
  }
}
