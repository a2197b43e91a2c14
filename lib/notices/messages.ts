/** The kinds of notices, with the words the screens use for them. Client-safe. */
export const messageTypes = {
  'key.expiring': 'Keys expiring soon',
  'key.dead_in_use': 'Deleted or replaced keys still in use',
  'account.failed_sign_ins': 'Failed sign-ins',
  test: 'Test',
} as const;
export type MessageType = keyof typeof messageTypes;

/** What is looked up of every key that is told of. */
export type FoundKey = { id: string; name: string; username: string; hint: string };
/** What a notice says of a key. Nothing of it is a secret, and there is no place for metadata. */
type ToldKey = FoundKey & { link: string };
export type ExpiringKey = ToldKey & { expiresAt: string; daysLeft: number };
export type DeadKey = ToldKey & {
  secret: 'deleted' | 'replaced';
  calls: number;
  lastAddress: string | null;
  lastTriedAt: string;
};

/** Of an administrator as whom many sign-ins have failed, and where the last one came from. */
export type FailedSignIns = {
  username: string;
  failures: number;
  lastAddress: string;
  link: string;
};

/** The body of a message: what is posted, and what a mail is written from. */
export type Message = { timestamp: string } & (
  | { type: 'key.expiring'; data: { keys: ExpiringKey[]; total: number } }
  | { type: 'key.dead_in_use'; data: { keys: DeadKey[]; total: number } }
  | { type: 'account.failed_sign_ins'; data: FailedSignIns }
  | { type: 'test'; data: { text: string } }
);
