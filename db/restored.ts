import 'server-only';
import { DatabaseUnfitError } from './database-unfit';

/** What an operator reads wherever a restored database is not used. */
export const restoredSentence =
  'This database was restored or copied. Keys that were revoked since may be valid in it, so nothing is answered until an operator runs "node admin.mjs after-restore" (npm run admin -- after-restore).';

/** The database is not the one that its own row names. Its rows may be older than what was already answered. */
export class RestoredError extends DatabaseUnfitError {
  /** What PostgreSQL says to a session whose database is gone. */
  readonly code = '57P04';
  constructor() {
    super(restoredSentence);
  }
}

/** Looks through what Drizzle wraps. */
export function isRestored(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RestoredError) return true;
  }
  return false;
}
