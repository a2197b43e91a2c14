import 'server-only';
import { describeError } from './described-error';
import { log } from './log';

const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const;

/** The bundles that report errors and that print them are separate, but share this set. */
const shared = globalThis as typeof globalThis & { keydeskTold?: WeakSet<object> };

/** Errors already logged together with their request. */
const told = () => {
  shared.keydeskTold ??= new WeakSet();
  return shared.keydeskTold;
};

export function markTold(error: unknown): void {
  if (typeof error === 'object' && error !== null) told().add(error);
}

/**
 * Replaces what the framework prints by lines of our own. The framework prints raw messages, fields and
 * addresses. They include the parameters of a failed query, which may be a secret.
 */
export function quietConsole(): void {
  for (const [method, level] of Object.entries(levels)) {
    console[method as keyof typeof levels] = (...things: unknown[]) => {
      const error = things.find((thing) => thing instanceof Error);
      // The framework first prints an error and then reports it, in the same turn.
      setImmediate(() => {
        if (error && told().has(error)) return;
        log[level]('framework', { words: plainWords(things), ...(error && describeError(error)) });
      });
    };
  }
}

/** The words of a message, without anything that could be a value, such as a number, a name or an address. */
export function plainWords(things: unknown[]): string | undefined {
  const text = things.filter((thing) => typeof thing === 'string').join(' ');
  const unquoted = text.slice(0, 1_000).replace(/(["'`]).*?\1|["'`].*$/gs, '…');
  const words = unquoted
    .split(/\s+/)
    .map((word) => (/^[A-Z]?[a-z]{1,14}[.,:]?$/.test(word) ? word : '…'));
  const short = words
    .slice(0, 30)
    .join(' ')
    .replace(/…( …)+/g, '…');
  return /[a-z]/.test(short) ? short : undefined;
}
