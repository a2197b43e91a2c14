import { holdsWholeKey } from './whole-key';

/** The address of a list with its parameters; what is not set is left out, and so is a whole key. */
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
