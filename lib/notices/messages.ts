/** The kinds of notices and their labels on screens. Client-safe. */
export const messageTypes = {
  'key.expiring': 'Keys expiring soon',
  'key.dead_in_use': 'Deleted or replaced keys still in use',
  'key.leaked': 'Keys reported as leaked',
  'account.failed_sign_ins': 'Failed sign-ins',
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
export type LeakedKey = ToldKey & { source: string; url: string | null; result: LeakResult };

/** An administrator whose sign-in failed many times, and the address of the last attempt. */
export type FailedSignIns = {
  username: string;
  failures: number;
  lastAddress: string;
  link: string;
};

/** The body of a message: it is posted to webhooks, and mails are written from it. */
export type Message = { timestamp: string } & (
  | { type: 'key.expiring'; data: { keys: ExpiringKey[]; total: number } }
  | { type: 'key.dead_in_use'; data: { keys: DeadKey[]; total: number } }
  | { type: 'key.leaked'; data: { keys: LeakedKey[]; total: number } }
  | { type: 'account.failed_sign_ins'; data: FailedSignIns }
  | { type: 'test'; data: { text: string } }
);
