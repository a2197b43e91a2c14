import 'server-only';
import { randomBytes } from 'node:crypto';
import { DrizzleQueryError } from 'drizzle-orm/errors';

/** How the digest of an error ends that is the database's: pages tell by it whom to name. */
const databaseMark = '@DATABASE';

/** What PostgreSQL says where it cannot do now what it could do otherwise, by the class of its code. */
const ofNow = /^(08|40|53|57|58|55P03|25006|25P0[34]|XX)/;

/** Of the operating system: no code of PostgreSQL begins so. */
const ofSystem = /^E[A-Z]/;

/** Whether the database did not answer, or said that it cannot: not that it refused what was asked. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // Of the driver itself, which has no class for it: a connection that is lost, or not to be had.
  if (typeof code !== 'string') return error.constructor === Error;
  return ofSystem.test(code) || ofNow.test(code);
}

/** Gives the error the digest that the framework tells the browser, and the log beside the error. */
export function markUnanswered<Thrown>(error: Thrown): Thrown {
  if (isUnanswered(error)) Object.assign(error as Error, { digest: digest() });
  return error;
}

const digest = () => `${randomBytes(4).readUInt32BE()}${databaseMark}`;

/**
 * Errors of queries are wrapped where nothing of ours could mark them, and thrown from everywhere: so
 * they look for the mark themselves, when the framework asks for it.
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
