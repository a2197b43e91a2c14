import 'server-only';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import { logLevel } from '@/lib/settings/settings';
import { currentRequestId } from './request-id';

/**
 * Everything that a line may say. There is no field for a message, a body, a header, a name somebody
 * typed or an error as it is: what must not be logged has no place to stand.
 */
export type LogFields = {
  requestId?: string | undefined;
  address?: string | undefined;
  administratorId?: string | undefined;
  /** The id of a key, never anything of its secret. */
  keyId?: string | undefined;
  method?: string | undefined;
  /** As `shownPath` makes it, never as it came. */
  path?: string | undefined;
  status?: number | undefined;
  milliseconds?: number | undefined;
  outcome?: string | undefined;
  reason?: string | undefined;
  /** `<number>:<seal>` of the newest audit event. */
  head?: string | undefined;
  auditProtected?: boolean | undefined;
  version?: string | undefined;
  node?: string | undefined;
  /** Which of the housekeeping's, and how much of it was done. */
  chore?: string | undefined;
  rows?: number | undefined;
  /** Words of the framework, as `plainWords` leaves them. */
  words?: string | undefined;
  /** Of an error, by `describeError`. */
  name?: string | undefined;
  code?: string | undefined;
  constraint?: string | undefined;
  digest?: string | undefined;
  stack?: string[] | undefined;
};

type Level = 'debug' | 'info' | 'warn' | 'error';

/** The bundles of pages and of `instrumentation.ts` are separate; one log is enough. */
const shared = globalThis as typeof globalThis & { keydeskLog?: Logger };

function logger(): Logger {
  if (!shared.keydeskLog) {
    // Whoever reads the log may be gone before us.
    process.stdout.on('error', () => undefined);
    shared.keydeskLog = openLog(logLevel(), (line) => process.stdout.write(line));
  }
  return shared.keydeskLog;
}

/** A log that writes each event as one line of JSON, in ASCII: no terminal is told what to do. */
export function openLog(level: string, write: (line: string) => unknown): Logger {
  return pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(escapeAll(line)) },
  );
}

/** JSON itself leaves DEL, the C1 controls and what turns the direction of text as they are. */
function escapeAll(line: string): string {
  return line.replace(
    /[^\n -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const write =
  (level: Level) =>
  (event: string, fields: LogFields = {}) =>
    logger()[level]({ requestId: currentRequestId(), ...fields }, event);

/** One line an event: what happened in fixed words, and fields by name. */
export const log = {
  debug: write('debug'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
};

export function isDebugging(): boolean {
  return logger().isLevelEnabled('debug');
}
