import 'server-only';
import { randomBytes } from 'node:crypto';
import { DrizzleQueryError } from 'drizzle-orm/errors';

/** The end of an error's digest if the database failed. Pages then name the database in their message. */
const databaseMark = '@DATABASE';

/** Codes of PostgreSQL for what it cannot do now but could do at another time. */
const ofNow = /^(08|40|53|57|58|55P03|25006|25P0[34]|XX)/;

/** Codes of the operating system. No code of PostgreSQL begins like this. */
const ofSystem = /^E[A-Z]/;

/** Whether the database did not answer, or said that it cannot now. Refused statements do not count. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // An error of the driver itself, which has no class for it: the connection was lost or not available.
  if (typeof code !== 'string') return error.constructor === Error;
  return ofSystem.test(code) || ofNow.test(code);
}

/** Gives the error a digest, which the framework shows in the browser and writes to the log. */
export function markUnanswered<Thrown>(error: Thrown): Thrown {
  if (isUnanswered(error)) Object.assign(error as Error, { digest: digest() });
  return error;
}

/** Pages and `instrumentation.ts` are bundled separately, but share the listener. */
const shared = globalThis as typeof globalThis & { keydeskUnanswered?: () => void };

/** Calls the listener in the context of each request that fails because of the database. */
export function onUnanswered(listener: () => void): void {
  shared.keydeskUnanswered = listener;
}

function digest(): string {
  shared.keydeskUnanswered?.();
  return `${randomBytes(4).readUInt32BE()}${databaseMark}`;
}

/**
 * Drizzle wraps errors of queries where our code cannot mark them. The wrapped error therefore computes its
 * digest itself when the framework reads it.
 */
export function markQueryErrors(): void {
  Object.defineProperty(DrizzleQueryError.prototype, 'digest', {
    configurable: true,
    get(this: DrizzleQueryError) {
      if (!isUnanswered(this.cause)) return undefined;
      const value = digest();
      own(this, value);
      return value;
    },
    set(this: DrizzleQueryError, value: string) {
      own(this, value);
    },
  });
}

function own(error: DrizzleQueryError, value: string) {
  Object.defineProperty(error, 'digest', { value, configurable: true, writable: true });
}
