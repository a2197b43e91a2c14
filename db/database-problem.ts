import 'server-only';
import { DatabaseUnfitError } from './database-unfit';

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the server closes the connection',
  EHOSTUNREACH: 'there is no way to its host',
  ENETUNREACH: 'there is no way to its network',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  ENOENT: 'its socket, or a file that it names, does not exist',
};

const refused: Record<string, string> = {
  '28P01': 'The database refuses the user or the password in DATABASE_URL',
  '28000': 'The database does not let the user in DATABASE_URL in',
  '3D000': 'The database named in DATABASE_URL does not exist: create it',
  '42501': 'The user in DATABASE_URL may not create tables: make it the owner of the database',
  '53300': 'The database has no connection left',
  '57P03': 'The database is starting up or shutting down: try again',
  '25006': 'The database is read-only: DATABASE_URL must name the primary server',
};

/**
 * One sentence about a database that cannot be used, with the code and message of the server. Undefined for
 * errors that the operator cannot correct.
 */
export function databaseProblem(error: unknown): string | undefined {
  const chain = causes(error);
  const unfit = chain.find((one) => one instanceof DatabaseUnfitError);
  if (unfit instanceof DatabaseUnfitError) return unfit.message;
  const code = chain.map(codeOf).find((found) => found !== undefined);
  const sentence = sentenceFor(code, error instanceof Error ? error.message : '');
  if (!sentence) return undefined;
  const words = shownWords(chain.filter((one) => !code || codeOf(one) === code));
  const reason = !code || words.includes(code) ? words : [code, words].filter(Boolean).join(': ');
  return reason ? `${sentence} (${reason}).` : `${sentence}.`;
}

function sentenceFor(code: string | undefined, message: string): string | undefined {
  if (code && refused[code]) return refused[code];
  const reason = code ? unreachable[code] : undefined;
  if (reason) return `The database in DATABASE_URL cannot be reached: ${reason}`;
  if (/timeout|timed out/i.test(message)) return sentenceFor('ETIMEDOUT', '');
  if (/terminated unexpectedly/.test(message)) return sentenceFor('ECONNRESET', '');
  if (/SSL|certificate/i.test(`${message} ${code}`)) {
    return 'The database and DATABASE_URL do not agree on TLS: see sslmode';
  }
  if (/password must be a string/.test(message)) return refused['28P01'];
  // The five characters of an SQLSTATE, and not an error name of Node.js.
  const isSqlState = code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
  return isSqlState ? 'The database in DATABASE_URL cannot be used' : undefined;
}

/**
 * The messages in one line. Skips wrapped queries, which repeat their parameters, and uses only errors with
 * this code. Removes addresses, which may contain a password.
 */
function shownWords(errors: unknown[]): string {
  const said = errors
    .map((error) => (error instanceof Error ? error.message : ''))
    .map((words) => words.replace(/\S*:\/\/\S*/g, '…').replace(/[\p{C}\p{Z}]+/gu, ' '))
    .map((words) => words.trim())
    .filter(Boolean);
  return [...new Set(said)].join('; ').slice(0, 300);
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Drizzle wraps errors of the server, and a name with two addresses fails twice. */
function causes(error: unknown): unknown[] {
  const { cause, errors } = (error ?? {}) as { cause?: unknown; errors?: unknown[] };
  return [error, ...(errors ?? []), ...(cause ? causes(cause) : [])];
}
