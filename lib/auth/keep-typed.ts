import 'server-only';
import type { FormValues } from '@/lib/forms/form-state';
import { holdsWholeKey } from '@/lib/forms/whole-key';

/** Of one submission only; addresses of webhooks, into which many services put a password; and of mail. */
const neverInAddress = new Set(['requestId', 'url', 'recipients']);

/** Puts what was typed into the address of the form, so that signing in again does not lose it. */
export function keepTyped(path: string, values: FormValues): string {
  const url = new URL(path, 'http://path');
  for (const [name, value] of Object.entries(values)) {
    const belongs = !neverInAddress.has(name) && value.length <= 300 && !holdsWholeKey(value);
    if (belongs) url.searchParams.set(name, value);
  }
  return url.pathname + url.search;
}
