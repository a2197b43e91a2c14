import type { Remedy } from './remedy';

type Change = { from?: unknown; to?: unknown };

/**
 * What to do about a changed key: nothing if it was only renamed or allowed more. An earlier end is set again. If it
 * lost anything else it is switched off, because an administrator should see it before it is used.
 */
export function narrowingOf(details: Record<string, unknown>): Remedy | null {
  const change = (field: string) => details[field] as Change | undefined;
  if (losesScope(change('scopes')) || allowsLess(details)) return { on: 'key', kind: 'switch-off' };
  const end = change('expiresAt')?.to;
  return typeof end === 'string' && isMoment(end) ? { on: 'key', kind: 'expire', at: end } : null;
}

const words = (value: unknown) =>
  String(value ?? '')
    .split(' ')
    .filter(Boolean);

function losesScope(scopes: Change | undefined): boolean {
  if (!scopes) return false;
  const kept = new Set(words(scopes.to));
  return words(scopes.from).some((scope) => !kept.has(scope));
}

/** Whether fewer addresses or calls are allowed, or maybe fewer. None at all means any. */
function allowsLess(details: Record<string, unknown>): boolean {
  return ['allowedAddresses', 'rateLimit', 'rateWindow'].some((field) => {
    const change = details[field] as Change | undefined;
    return change !== undefined && words(change.to).length > 0;
  });
}

const isMoment = (text: string) =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
