import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { noticeMessage } from '@/db/schema/notice';
import { settings } from '@/lib/settings/settings';
import type { Message } from './messages';

/**
 * Keys that one webhook message tells of, about 15 KB: a thousand keys that were made on one day also end
 * on one day, and a thousand requests would be a burden, where a lost one is one key that nobody saw.
 */
export const keysPerPost = 50;
/** Keys that one mail lists; it says how many more there are. */
export const keysPerMail = 100;

/** Keys that one transaction finds and tells of. */
export const keysAtOnce = 1_000;

/** Whether anybody would be told. Where nobody is, nothing counts as told. */
export async function hasAudience(tx: Queryable): Promise<boolean> {
  const { rows } = await tx.execute<{ some: boolean }>(sql`
    select exists (select from webhook where active)
      or (${isMailOn()} and exists (
        select from notice_recipients where cardinality(addresses) > 0)) as some`);
  return rows[0]?.some ?? false;
}

/** Whether this installation can send mail at all. */
export function isMailOn(): boolean {
  return settings().SMTP_URL !== undefined;
}

type KeyMessage = Extract<Message, { data: { keys: unknown } }>;

/** Puts what is to be told of these keys on its way to everybody, within the transaction that found them. */
export async function tell<Type extends KeyMessage['type']>(
  tx: Queryable,
  type: Type,
  keys: Extract<KeyMessage, { type: Type }>['data']['keys'],
): Promise<void> {
  const timestamp = new Date().toISOString();
  for (let at = 0; at < keys.length; at += keysPerPost) {
    const some = keys.slice(at, at + keysPerPost);
    const message = { type, timestamp, data: { keys: some, total: some.length } } as Message;
    // Locked, so that one that is switched off meanwhile gets nothing afterwards.
    await send(
      tx,
      message,
      sql`
      select id, null::text from (
        select id from webhook where active order by id for share) hooks`,
    );
  }
  if (!isMailOn() || keys.length === 0) return;
  const data = { keys: keys.slice(0, keysPerMail), total: keys.length };
  await send(
    tx,
    { type, timestamp, data } as Message,
    sql`
    select null::uuid, address from (
      select unnest(addresses) as address from (
        select addresses from notice_recipients for share) row) recipients`,
  );
}

/** A message with one delivery for each of whom it is for; none where there is nobody. */
export async function send(tx: Queryable, message: Message, audience: SQL): Promise<void> {
  const id = await writeMessage(tx, message);
  const { rowCount } = await tx.execute(sql`
    insert into notice_delivery (id, message_id, webhook_id, recipient)
    select gen_random_uuid(), ${id}::uuid, webhook_id, recipient
    from (${audience}) as audience (webhook_id, recipient)`);
  if (!rowCount) await tx.execute(sql`delete from notice_message where id = ${id}`);
}

export async function writeMessage(tx: Queryable, message: Message): Promise<string> {
  const id = uuidv7();
  const { type } = message;
  await tx.insert(noticeMessage).values({ id, type, body: JSON.stringify(message) });
  return id;
}
