import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { noticeMessage } from '@/db/schema/notice';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { allTypes } from './chosen-types';
import type { Message, Notice, NoticeType } from './messages';

/**
 * Keys in one webhook message, about 15 KB. A thousand keys made on one day also expire on one day. A
 * thousand requests would burden the receiver, and each lost one would hide a key.
 */
export const keysPerPost = 50;
/** Keys listed in one mail. The mail says how many more there are. */
export const keysPerMail = 100;

/** Keys that one transaction finds and reports. */
export const keysAtOnce = 1_000;

/** The webhooks that receive notices of this type. */
const receives = (type: NoticeType) =>
  sql`active and types && array[${type}::text, ${allTypes}::text]`;

/**
 * The webhooks that receive this notice, as an audience. Locked, so that a webhook switched off meanwhile
 * receives nothing afterwards.
 */
export const hooksFor = (type: NoticeType) => sql`
  select id, null::text from (
    select id from webhook where ${receives(type)} order by id for share) hooks`;

/** Whether anybody would receive such a notice. Without an audience, nothing counts as reported. */
export async function hasAudience(tx: Queryable, type: NoticeType): Promise<boolean> {
  const { rows } = await tx.execute<{ some: boolean }>(sql`
    select exists (select from webhook where ${receives(type)})
      or (${isMailOn()} and exists (
        select from notice_recipients where cardinality(addresses) > 0)) as some`);
  return rows[0]?.some ?? false;
}

type KeyMessage = Extract<Notice, { type: NoticeType; data: { keys: unknown } }>;

/** Queues notices about these keys for every receiver, in the transaction that found the keys. */
export async function tell<Type extends KeyMessage['type']>(
  tx: Queryable,
  type: Type,
  keys: Extract<KeyMessage, { type: Type }>['data']['keys'],
): Promise<void> {
  const timestamp = new Date().toISOString();
  for (let at = 0; at < keys.length; at += keysPerPost) {
    const some = keys.slice(at, at + keysPerPost);
    const message = { type, timestamp, data: { keys: some, total: some.length } } as Message;
    await send(tx, message, hooksFor(type));
  }
  if (!isMailOn() || keys.length === 0) return;
  const data = { keys: keys.slice(0, keysPerMail), total: keys.length };
  await send(tx, { type, timestamp, data } as Message, mailRecipients);
}

/** The addresses of the recipients of notices, as an audience. */
const mailRecipients = sql`
  select null::uuid, address from (
    select unnest(addresses) as address from (
      select addresses from notice_recipients for share) row) recipients`;

/** Queues a notice that is about no single key for every receiver. */
export async function tellAll(
  tx: Queryable,
  message: Extract<Notice, { type: 'policy.idle_keys_held' }>,
): Promise<void> {
  await send(
    tx,
    message,
    sql`${hooksFor(message.type)} union all ${mailRecipients} where ${isMailOn()}`,
  );
}

/** Writes a message and one delivery for each receiver. Without receivers it writes nothing. */
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

export type Mail = { message: Notice; recipient: string };

/** Writes mails, each with a text of its own, in two statements. */
export async function writeMails(tx: Queryable, mails: Mail[]): Promise<void> {
  if (mails.length === 0) return;
  const ids = sql.param(mails.map(() => uuidv7()));
  const types = sql.param(mails.map(({ message }) => message.type));
  const bodies = sql.param(mails.map(({ message }) => JSON.stringify(message)));
  await tx.execute(sql`
    insert into notice_message (id, type, body)
    select * from unnest(${ids}::uuid[], ${types}::text[], ${bodies}::text[])`);
  await tx.execute(sql`
    insert into notice_delivery (id, message_id, recipient)
    select gen_random_uuid(), * from unnest(${ids}::uuid[],
      ${sql.param(mails.map(({ recipient }) => recipient))}::text[])`);
}
