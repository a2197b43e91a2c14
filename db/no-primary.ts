import 'server-only';
import { DatabaseUnfitError } from './database-unfit';

/** A server that may lag behind the primary, or was left behind by a failover. Its rows are not to be believed. */
export class RecoveryError extends DatabaseUnfitError {
  /** What PostgreSQL says when something is to be changed there. */
  readonly code = '25006';
  constructor() {
    super(
      'The database is in recovery: DATABASE_URL must name the primary server, not a standby or one that is being restored.',
    );
  }
}

/** Of several servers, none is a primary that answers. */
export class NoPrimaryError extends DatabaseUnfitError {
  readonly code = '08001';
  /** @param failures why each was not taken, by host and port */
  constructor(readonly failures: ReadonlyMap<string, unknown>) {
    const each = [...failures].map(([place, failure]) => `${place}: ${reasonOf(failure)}`);
    super(`No server in DATABASE_URL is a primary that answers (${each.join('; ')}).`);
  }
}

/** Whether a server answered that is no primary, as opposed to none that answered. */
export function isInRecovery(error: unknown): boolean {
  if (error instanceof NoPrimaryError) return [...error.failures.values()].some(isInRecovery);
  return error instanceof RecoveryError;
}

/** A code, or the words of the driver, which has no codes. Those of the server may be in any language. */
function reasonOf(failure: unknown): string {
  if (failure instanceof RecoveryError) return 'in recovery';
  const { code } = failure as { code?: unknown };
  if (typeof code === 'string') return code;
  return failure instanceof Error && failure.constructor === Error ? failure.message : 'failed';
}
