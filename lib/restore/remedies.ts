import type { AuditAction } from '@/lib/audit/audit-actions';
import { narrowingOf } from './narrowing';
import type { Remedy } from './remedy';

type Details = Record<string, unknown>;

/**
 * By the action that took something away. Where its values are not in the event, such as a new secret or password, the
 * remedy refuses more than the action did.
 */
const remedies = {
  'key.delete': { on: 'key', kind: 'delete' },
  'key.deactivate': { on: 'key', kind: 'switch-off' },
  'key.regenerate': { on: 'key', kind: 'replace-secret' },
  // A collected secret replaces another one.
  'key.collect': { on: 'key', kind: 'replace-secret' },
  'key.report-leak': { on: 'key', kind: 'replace-secret' },
  'key.stop-old': { on: 'key', kind: 'end-overlap' },
  // It would be valid for the user who had it before.
  'key.transfer': { on: 'key', kind: 'switch-off' },
  'key.update': narrowingOf,
  'user.disable': { on: 'user', kind: 'disable' },
  'user.delete': { on: 'user', kind: 'disable' },
  'user.unlink': { on: 'user', kind: 'unlink' },
  'administrator.change-role': (details: Details) => ({
    on: 'user',
    kind: 'lower-role',
    to: ((details.role as { to?: string | null } | undefined)?.to ?? null) as string | null,
  }),
  'administrator.reset-password': { on: 'user', kind: 'forget-password' },
  'account.change-password': { on: 'user', kind: 'forget-password' },
  // The second factor of before, and its recovery codes, are back too.
  'account.second-factor-on': { on: 'user', kind: 'forget-password' },
  'account.second-factor-off': { on: 'user', kind: 'forget-password' },
  'account.recovery-codes': { on: 'user', kind: 'forget-password' },
  'webhook.off': { on: 'webhook', kind: 'switch-off' },
  'webhook.renew-secret': { on: 'webhook', kind: 'switch-off' },
  'webhook.update': { on: 'webhook', kind: 'switch-off' },
  'webhook.delete': { on: 'webhook', kind: 'switch-off' },
  'policy.change': { on: 'settings', kind: 'look' },
  'policy.hold': { on: 'settings', kind: 'look' },
  'policy.shorten': { on: 'settings', kind: 'look' },
  'notice.recipients': { on: 'settings', kind: 'look' },
} satisfies Partial<Record<AuditAction, Remedy | ((details: Details) => Remedy | null)>>;

/** The actions that take rights away. */
export const revokingActions = Object.keys(remedies) as AuditAction[];

/** What to do again about an event that took something away; null for all others. */
export function remedyOf(action: string, details: Details): Remedy | null {
  if (!Object.hasOwn(remedies, action)) return null;
  const remedy = remedies[action as keyof typeof remedies];
  return (typeof remedy === 'function' ? remedy(details) : remedy) as Remedy | null;
}
