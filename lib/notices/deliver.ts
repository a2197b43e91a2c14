import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { log } from '@/lib/log/log';
import { settings } from '@/lib/settings/settings';
import { countDelivery } from './count-delivery';
import { deliveryMessages } from './delivery-messages';
import { sendMail } from './mail';
import { letter } from './mail-text';
import { type MessageType, type Notice, ownerMailTypes } from './messages';
import { type Outcome, post } from './post';
import { retryHours, retryWait } from './retry';
import { switchOffRefused } from './switch-webhook';
import { openWebhookSecret, signedHeaders } from './webhook-secret';

/** Where a delivery goes: the id of a webhook, or `mail`. */
export type Channel = string;
export const mailChannel = 'mail';

/** The clock of the database. Tests pass another one. */
const now = sql`now()`;
/** Seconds after which another process takes a delivery that was claimed and never settled. */
export const lease = 60;

/** A delivery claimed by this process, with everything needed to attempt it. */
export type Claimed = {
  id: string;
  attempts: number;
  recipient: string | null;
  messageId: string;
  type: MessageType;
  body: string;
  webhookId: string | null;
  url: string | null;
  sealedSecret: Buffer | null;
  formerSecret: Buffer | null;
};

/** The channels with a due delivery. */
export async function findDueChannels(clock: SQL = now): Promise<Channel[]> {
  const { rows } = await database().execute<{ channel: Channel }>(sql`
    select distinct coalesce(webhook_id::text, ${mailChannel}) as channel from notice_delivery
    where state = 'waiting' and next_at <= ${clock}`);
  return rows.map(({ channel }) => channel);
}

/**
 * Claims due deliveries, oldest first. Each is postponed before the attempt, so that another process takes it
 * if this one dies. Deliveries that others hold are skipped.
 */
export async function claim(channel: Channel, most: number, clock: SQL = now): Promise<Claimed[]> {
  const mine =
    channel === mailChannel ? sql`webhook_id is null` : sql`webhook_id = ${channel}::uuid`;
  return take(
    sql`select id from notice_delivery
      where state = 'waiting' and ${mine} and next_at <= ${clock}
      order by next_at, id limit ${most} for update skip locked`,
    clock,
  );
}

/** Claims one delivery that was just created, to be tried while an administrator waits. */
export const claimOne = (id: string) =>
  take(sql`select id from notice_delivery where id = ${id}::uuid for update`, now);

async function take(ids: SQL, clock: SQL): Promise<Claimed[]> {
  const { rows } = await database().execute<Claimed>(sql`
    with due as (${ids}), taken as (
      update notice_delivery d set attempts = d.attempts + 1, tried_at = ${clock},
        next_at = ${clock} + make_interval(secs => ${lease})
      from due where d.id = due.id
      returning d.id, d.attempts, d.recipient, d.message_id, d.webhook_id
    )
    select t.id, t.attempts, t.recipient, m.id as "messageId", m.type, m.body,
      w.id as "webhookId", w.url, w.sealed_secret as "sealedSecret",
      case when w.former_until > ${clock} then w.former_secret end as "formerSecret"
    from taken t join notice_message m on m.id = t.message_id
      left join webhook w on w.id = t.webhook_id`);
  return rows;
}

export type Tried = Outcome & { milliseconds: number };

/** Attempts one delivery and records the outcome. */
export async function deliver(claimed: Claimed, clock: SQL = now): Promise<Tried> {
  const begun = performance.now();
  const outcome = await attempt(claimed);
  const tried = { ...outcome, milliseconds: Math.round(performance.now() - begun) };
  await settle(claimed, tried, clock);
  if (claimed.webhookId && outcome.status === 410) await switchOffRefused(claimed.webhookId);
  return tried;
}

async function attempt(claimed: Claimed): Promise<Outcome> {
  const { messageId, body, recipient, webhookId, url, sealedSecret, formerSecret } = claimed;
  if (recipient !== null) {
    const written = letter(JSON.parse(body) as Notice, settings().AUTH_URL);
    return sendMail(messageId, written, recipient);
  }
  if (!webhookId || !url || !sealedSecret)
    return { status: null, problem: deliveryMessages.webhookDeleted };
  const secrets = [sealedSecret, formerSecret]
    .filter((sealed) => sealed !== null)
    .map((sealed) => openWebhookSecret(sealed, webhookId))
    .filter((secret) => secret !== null);
  if (secrets.length === 0) {
    return { status: null, problem: deliveryMessages.secretLost };
  }
  const headers = signedHeaders({ id: messageId, body, at: new Date() }, secrets);
  return post({ url, headers, body });
}

const isOwnerMail = (type: string) => Object.keys(ownerMailTypes).includes(type);

/**
 * Only the process that claimed the delivery last may record its outcome. A test is not retried, because an
 * administrator waits for its result. A mail to an owner is not retried if their address was refused for good.
 */
async function settle(claimed: Claimed, tried: Tried, clock: SQL) {
  const { id, attempts, type } = claimed;
  const { status, problem, milliseconds, askedWait, bounced = false } = tried;
  const once = type === 'test' || (bounced && isOwnerMail(type));
  const wait = sql`${clock} + make_interval(secs => ${retryWait(attempts, askedWait)})`;
  const state =
    problem === null
      ? sql`'delivered'`
      : sql`case when ${once} or ${wait} > m.created_at + make_interval(hours => ${retryHours})
          then 'failed' else 'waiting' end`;
  const { rows } = await database().execute<{ state: string }>(sql`
    update notice_delivery d set state = ${state}, status = ${status}, problem = ${problem},
      milliseconds = ${milliseconds}, next_at = ${wait}, bounced = ${bounced}
    from notice_message m
    where m.id = d.message_id and d.id = ${id} and d.attempts = ${attempts} and d.state = 'waiting'
    returning d.state`);
  const [settled] = rows;
  if (settled) countDelivery(claimed, settled.state);
  if (problem === null && claimed.recipient !== null) {
    await database().execute(sql`
      update notice_delivery set bounced = false where bounced and recipient = ${claimed.recipient}`);
  }
  if (problem !== null) {
    // A sentence of our own, without any text from the receiver.
    log.warn('notice not delivered', { status: status ?? undefined, reason: problem });
  }
}
