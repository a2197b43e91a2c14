import 'server-only';
import { describeError } from './described-error';
import { log } from './log';
import { markTold } from './quiet-console';
import { shownPath } from './shown-path';

/** Logs what the framework reports; what the browser is shown as `digest` leads to this line. */
export function logRequestError(error: unknown, request: { path: string; method: string }): void {
  markTold(error);
  const { method, path } = request;
  log.error('request failed', { method, path: shownPath(path), ...describeError(error) });
}
