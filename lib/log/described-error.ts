import 'server-only';
import { types } from 'node:util';
import { DatabaseUnfitError } from '@/db/database-unfit';
import type { LogFields } from './log';

const longestChain = 5;
const mostFrames = 8;
const mostForeignFrames = 3;
const longestReason = 300;

/**
 * What a log may hold of an error. It omits messages that may hold values: those of queries repeat
 * parameters, and those of constraints repeat the refused values.
 */
export function describeError(error: unknown): LogFields {
  const chain = causes(error);
  return {
    name: chain.map(nameOf).join(' < ') || typeof error,
    reason: chain.map(safeWords).find((words) => words !== undefined),
    code: firstOf(chain, 'code', /^[A-Z0-9_]{2,40}$/),
    constraint: firstOf(chain, 'constraint', /^[a-z0-9_]{1,63}$/),
    // Only a digest that the browser was shown.
    digest: firstOf(
      chain.filter((one) => Object.hasOwn(one, 'digest')),
      'digest',
      /^[\w@]{1,40}$/,
    ),
    stack: chain[0] ? frames(chain[0]) : undefined,
  };
}

/**
 * Drizzle wraps the driver's error, and NextAuth wraps that as `cause.err`. A host name with two addresses
 * fails twice, and the first error is enough.
 */
function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let one = error; isError(one) && chain.length < longestChain; ) {
    chain.push(one);
    const { cause, errors } = one as Error & { errors?: unknown[] };
    one = isError(cause) ? cause : ((cause as { err?: unknown } | undefined)?.err ?? errors?.[0]);
  }
  return chain;
}

/** Also recognizes errors from another context, such as some errors of the system. */
const isError = (value: unknown): value is Error =>
  value instanceof Error || types.isNativeError(value);

/**
 * Errors of PostgreSQL about connections, rights, locks and limits. Their messages name roles and tables,
 * never values. Messages about wrong values (22), constraints (23) and syntax (42601) repeat what was sent.
 */
const safeStates = /^(?:08|25|28|3D|40|53|55|57|58)[0-9A-Z]{3}$|^(?:42501|42P01|42703)$/;
const safeCodes = new Set(
  'ECONNREFUSED ECONNRESET EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ETIMEDOUT EPIPE EMSGSIZE EMFILE'.split(
    ' ',
  ),
);
/** Messages of the driver itself, which have no code. */
const driverWords = new Set([
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
]);

function safeWords(error: Error): string | undefined {
  const { message } = error;
  const { code } = error as { code?: unknown };
  const own = error instanceof DatabaseUnfitError || driverWords.has(message);
  const coded = typeof code === 'string' && (safeStates.test(code) || safeCodes.has(code));
  if (!own && !coded) return undefined;
  return message.replace(/\S*:\/\/\S*/g, '…').slice(0, longestReason) || undefined;
}

const nameOf = (error: Error) => {
  const name = error.constructor.name || error.name;
  return /^\w{1,60}$/.test(name) ? name : 'Error';
};

function firstOf(chain: Error[], field: string, form: RegExp): string | undefined {
  for (const error of chain) {
    const value = (error as unknown as Record<string, unknown>)[field];
    if (typeof value === 'string' && form.test(value)) return value;
  }
  return undefined;
}

/**
 * The frames in our own code or, if there are none, the first foreign frames. A stack begins with the
 * message, which may contain lines that look like frames. The message is therefore cut off first, and without
 * a match there are no frames.
 */
function frames({ message, stack = '' }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin < 0) return [];
  const lines = stack.slice(begin + message.length).split('\n');
  const own = shown(lines.filter((line) => !/node_modules|node:/.test(line)));
  return own.length > 0 ? own : shown(lines).slice(0, mostForeignFrames);
}

function shown(lines: string[]): string[] {
  return lines
    .map((line) => /^ {4}at (?:async )?(?:([\w.$]+) )?.*?([\w.[\]-]+:\d+:\d+)\)?$/.exec(line))
    .flatMap((frame) => (frame ? [[frame[1], frame[2]].filter(Boolean).join(' ')] : []))
    .slice(0, mostFrames);
}
