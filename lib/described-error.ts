import 'server-only';
import type { LogFields } from './log';

const longestChain = 5;
const mostFrames = 8;

/**
 * What a log may hold of an error. Not its message: that of a query repeats its parameters, that of a
 * constraint the values it refused.
 */
export function describeError(error: unknown): LogFields {
  const chain = causes(error);
  return {
    name: chain.map(nameOf).join(' < ') || typeof error,
    code: firstOf(chain, 'code', /^[A-Z0-9_]{2,40}$/),
    constraint: firstOf(chain, 'constraint', /^[a-z0-9_]{1,63}$/),
    // Only one that the browser was told.
    digest: firstOf(
      chain.filter((one) => Object.hasOwn(one, 'digest')),
      'digest',
      /^[\w@]{1,40}$/,
    ),
    stack: chain[0] ? ownFrames(chain[0]) : undefined,
  };
}

/** Drizzle wraps what the driver throws, and NextAuth all that, as `cause.err`. */
function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let one = error; one instanceof Error && chain.length < longestChain; ) {
    chain.push(one);
    const { cause } = one;
    one = cause instanceof Error ? cause : (cause as { err?: unknown } | undefined)?.err;
  }
  return chain;
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
 * Where in our own code it was. The text of a stack begins with the message, in which anything may
 * stand, lines that look like frames as well: so that is cut off first, and where it cannot be found
 * there are no frames.
 */
function ownFrames({ message, stack = '' }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin < 0) return [];
  return stack
    .slice(begin + message.length)
    .split('\n')
    .filter((line) => !/node_modules|node:/.test(line))
    .map((line) => /^ {4}at (?:async )?(?:([\w.$]+) )?.*?([\w.[\]-]+:\d+:\d+)\)?$/.exec(line))
    .flatMap((frame) => (frame ? [[frame[1], frame[2]].filter(Boolean).join(' ')] : []))
    .slice(0, mostFrames);
}
