import 'server-only';
import type { FormValues } from '@/lib/forms/form-state';
import { holdsWholeKey } from '@/lib/forms/whole-key';

/**
 * A request id is valid for one submission only. Addresses of webhooks may contain a password, and mail
 * addresses are nobody's business in a log.
 */
const neverInAddress = new Set(['requestId', 'url', 'recipients']);

/** Adds the typed values to the address of the form, so that signing in again does not lose them. */
export function keepTyped(path: string, values: FormValues): string {
  const url = new URL(path, 'http://path');
  for (const [name, value] of Object.entries(values)) {
    const belongs = !neverInAddress.has(name) && value.length <= 300 && !holdsWholeKey(value);
    if (belongs) url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}
