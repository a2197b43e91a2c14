import 'server-only';
import { setPriority } from 'node:os';

/**
 * The `nice` value of the thread that serves pages and the management API. While processors are short, it gets
 * about a third of the time of a thread at 0, such as that of the listener. At 10 it would be a ninth, too little
 * for an administrator who must switch a key off just then. Measured in `npm run bench -- api`.
 */
export const pageNiceness = 5;

/**
 * Lets verification go first. Only Linux has a priority for each thread. Threads that are started before this
 * keep theirs. A sandbox may refuse the call; Keydesk then works without the difference.
 */
export function yieldToVerification(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(0, pageNiceness);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

const isRefused = (error: unknown) =>
  error instanceof Error && 'info' in error && (error.info as { code?: string }).code === 'EPERM';
