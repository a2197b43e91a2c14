import 'server-only';
import { describeError } from './described-error';
import { log } from './log';
import { markTold } from './quiet-console';
import { shownPath } from './shown-path';

/** Logs an error that the framework reports. The `digest` that the browser shows leads to this line. */
export function logRequestError(error: unknown, request: { path: string; method: string }): void {
  markTold(error);
  const { method, path } = request;
  log.error('request failed', { method, path: shownPath(path), ...describeError(error) });
}
