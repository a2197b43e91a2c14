import 'server-only';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import { logLevel } from '@/lib/settings/settings';
import { currentRequestId, currentTraceId } from './request-id';

/**
 * All fields that a line may have. There is no field for a message, a body, a header, a typed name or a raw
 * error, so that such values cannot be logged.
 */
export type LogFields = {
  requestId?: string | undefined;
  /** From `traceparent`, so that a line is found from a trace. */
  traceId?: string | undefined;
  address?: string | undefined;
  administratorId?: string | undefined;
  /** The id of a key, never any part of its secret. */
  keyId?: string | undefined;
  method?: string | undefined;
  /** The path as `shownPath` returns it, never as it arrived. */
  path?: string | undefined;
  status?: number | undefined;
  milliseconds?: number | undefined;
  outcome?: string | undefined;
  reason?: string | undefined;
  /** `<number>:<seal>` of the newest audit event. */
  head?: string | undefined;
  auditProtected?: boolean | undefined;
  /** What the process serves, if not everything. */
  role?: string | undefined;
  version?: string | undefined;
  node?: string | undefined;
  /** Host and port of a PostgreSQL. */
  server?: string | undefined;
  /** The name of a housekeeping job. `rows` says how many rows it changed. */
  chore?: string | undefined;
  rows?: number | undefined;
  /** Words of the framework, filtered by `plainWords`. */
  words?: string | undefined;
  /** From `describeError`. */
  name?: string | undefined;
  code?: string | undefined;
  constraint?: string | undefined;
  digest?: string | undefined;
  stack?: string[] | undefined;
};

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Pages and `instrumentation.ts` are bundled separately, but share one log. */
const shared = globalThis as typeof globalThis & { keydeskLog?: Logger };

function logger(): Logger {
  if (!shared.keydeskLog) {
    // Whatever reads the log may end before this process does.
    process.stdout.on('error', () => undefined);
    shared.keydeskLog = openLog(logLevel(), (line) => process.stdout.write(line));
  }
  return shared.keydeskLog;
}

/** A log that writes each event as one line of JSON, in ASCII, so that no line can control a terminal. */
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

/** JSON does not escape DEL, the C1 controls or characters that change the direction of text. */
export function escapeAll(line: string): string {
  return line.replace(
    /[^\n -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const write =
  (level: Level) =>
  (event: string, fields: LogFields = {}) =>
    logger()[level]({ requestId: currentRequestId(), traceId: currentTraceId(), ...fields }, event);

/** Writes one line for each event: a fixed name and named fields. */
export const log = {
  debug: write('debug'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
};

export function isDebugging(): boolean {
  return logger().isLevelEnabled('debug');
}
