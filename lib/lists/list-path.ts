import { safeRedirect } from '@/lib/forms/safe-redirect';
import { holdsWholeKey } from '@/lib/forms/whole-key';

/** The address of a list with its parameters. Omits empty values and whole keys. */
export function listPath(
  path: string,
  params: Record<string, string | number | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === '' || holdsWholeKey(String(value))) continue;
    query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** A path to return to with the outcome of an action. It replaces an earlier outcome of the same kind. */
export function pathWith(
  back: unknown,
  fallback: string,
  happened: Record<string, string | undefined>,
): string {
  const url = new URL(safeRedirect(back, fallback), 'http://path');
  return listPath(url.pathname, { ...Object.fromEntries(url.searchParams), ...happened });
}
