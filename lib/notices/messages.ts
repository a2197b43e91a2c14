import { type AuditAction, auditActions } from '@/lib/audit/audit-actions';
import type { EventMessage } from '@/lib/audit/event-message';

/** The kinds of notices and their labels on screens. Client-safe. */
export const noticeTypes = {
  'key.expiring': 'Keys expiring soon',
  'key.dead_in_use': 'Deleted or replaced keys still in use',
  'key.leaked': 'Keys reported as leaked',
  'key.uncollected': 'Keys that nobody collected',
  'account.failed_sign_ins': 'Failed sign-ins',
  'policy.idle_keys_held': 'Too many unused keys at once',
} as const;
export type NoticeType = keyof typeof noticeTypes;

/** The kinds of mails to owners. Webhooks do not get them. */
export const ownerMailTypes = {
  'owner.keys_expiring': 'To an owner: keys expiring soon',
  'owner.keys_idle': 'To an owner: unused keys to be switched off',
  'owner.keys_changed': 'To an owner: keys changed',
} as const;
export type OwnerMailType = keyof typeof ownerMailTypes;

/** All that is delivered: notices, mails to owners, audited actions and tests. */
export const messageTypes = {
  ...auditActions,
  ...noticeTypes,
  ...ownerMailTypes,
  test: 'Test',
} as const;
export type MessageType = keyof typeof messageTypes;

/** What is looked up of each key in a notice. */
export type FoundKey = { id: string; name: string; username: string; hint: string };
/** What a notice says about a key. It contains no secret and has no field for metadata. */
type ToldKey = FoundKey & { link: string };
export type ExpiringKey = ToldKey & { expiresAt: string; daysLeft: number };
export type DeadKey = ToldKey & {
  secret: 'deleted' | 'replaced';
  calls: number;
  lastAddress: string | null;
  lastTriedAt: string;
};
/** What was done about a leaked secret. `unchanged` if it did not work any more, or if the policy only tells. */
export type LeakResult = 'switched_off' | 'old_secret_stopped' | 'unchanged';
/** What was to be handed over and was not: why it ended, and what became of the key. */
export type UncollectedKey = ToldKey & {
  endedAt: string;
  reason: 'expired' | 'wrong_codes';
  result: 'switched_off' | 'old_secret_kept';
};
export type LeakedKey = ToldKey & { source: string; url: string | null; result: LeakResult };

/** What an owner reads about a key. No link, because owners need not be able to sign in. */
type OwnedKey = FoundKey & { expiresAt: string | null; lastUsedAt: string | null };
export type OwnedExpiringKey = OwnedKey & { daysLeft: number };
export type OwnedIdleKey = OwnedKey & {
  /** The day on which it is switched off, `2027-03-01`, and in how many days that is. */
  stopsOn: string;
  daysLeft: number;
};
export type OwnedChangedKey = OwnedKey & {
  /** What happened to it, in this order. */
  actions: AuditAction[];
  /** The usernames of the former and the new owner of a transferred key. */
  owner: { from: string; to: string } | null;
  /** When a replaced secret stops; null if it has stopped. */
  oldStopsAt: string | null;
};

/** An administrator whose sign-in failed many times, and the address of the last attempt. */
export type FailedSignIns = {
  username: string;
  failures: number;
  lastAddress: string;
  link: string;
};

/** What the rule for unused keys would do in one day, and did not. */
export type HeldKeys = { due: number; active: number; allowed: number; link: string };

/** The body of a notice: it is posted to webhooks, and mails are written from it. */
export type Notice = { timestamp: string } & (
  | { type: 'key.expiring'; data: { keys: ExpiringKey[]; total: number } }
  | { type: 'key.dead_in_use'; data: { keys: DeadKey[]; total: number } }
  | { type: 'key.leaked'; data: { keys: LeakedKey[]; total: number } }
  | { type: 'key.uncollected'; data: { keys: UncollectedKey[]; total: number } }
  | { type: 'account.failed_sign_ins'; data: FailedSignIns }
  | { type: 'owner.keys_expiring'; data: { keys: OwnedExpiringKey[]; total: number } }
  | { type: 'policy.idle_keys_held'; data: HeldKeys }
  | { type: 'owner.keys_idle'; data: { keys: OwnedIdleKey[]; total: number } }
  | { type: 'owner.keys_changed'; data: { keys: OwnedChangedKey[]; total: number; by: string } }
  | { type: 'test'; data: { text: string } }
);

/** The body of anything that is posted to webhooks. */
export type Message = Notice | EventMessage;
