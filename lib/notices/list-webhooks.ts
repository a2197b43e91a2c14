import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import type { MessageType } from './messages';
import { shownAddress } from './shown-address';

export type ListedWebhook = {
  id: string;
  /** As far as it may be seen. */
  url: string;
  isWhole: boolean;
  active: boolean;
  types: string[];
  /** Switched off because it answered 410. */
  refused: boolean;
  createdAt: Date;
  /** Until when the former secret also signs; null if it does not. */
  formerUntil: Date | null;
  lastTriedAt: Date | null;
  lastState: DeliveryState | null;
};

/** In milliseconds since 1970, because the text form of a moment is not standardized. */
const moment = (column: SQL) => sql`extract(epoch from ${column})::float8 * 1000`;

type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** The webhooks in the order in which they were added. No query selects secrets. */
export async function listWebhooks(
  administrator: Administrator,
  id: string | null = null,
): Promise<ListedWebhook[]> {
  authorize(administrator, 'admin');
  type Row = Omit<ListedWebhook, 'isWhole' | 'createdAt' | 'formerUntil' | 'lastTriedAt'> & {
    created: number;
    former: number | null;
    tried: number | null;
  };
  const { rows } = await database().execute<Row>(sql`
    select w.id, w.url, w.active, w.refused, w.types, ${moment(sql`w.created_at`)} as created,
      case when w.former_until > now() then ${moment(sql`w.former_until`)} end as former,
      ${moment(sql`last.tried_at`)} as tried, last.state as "lastState"
    from webhook w left join lateral (
      select tried_at, state from notice_delivery d
      where d.webhook_id = w.id and d.tried_at is not null
      order by d.tried_at desc limit 1) last on true
    where ${id}::uuid is null or w.id = ${id}::uuid
    order by w.created_at, w.id`);
  return rows.map(({ created, former, tried, url, ...row }) => ({
    ...row,
    url: shownAddress(administrator, url),
    isWhole: shownAddress(administrator, url) === url,
    createdAt: new Date(created),
    formerUntil: former === null ? null : new Date(former),
    lastTriedAt: tried === null ? null : new Date(tried),
  }));
}

export type ListedDelivery = {
  id: string;
  type: MessageType;
  /** The address of the webhook, or of the recipient. */
  to: string;
  state: DeliveryState;
  attempts: number;
  createdAt: Date;
  /** Null if there is no further attempt. */
  nextAt: Date | null;
  status: number | null;
  milliseconds: number | null;
  problem: string | null;
};

/** Deliveries shown on one page. */
export const deliveriesShown = 50;

/** The newest deliveries of one webhook, or of all webhooks and mail. */
export async function listDeliveries(
  administrator: Administrator,
  webhookId: string | null = null,
): Promise<ListedDelivery[]> {
  authorize(administrator, 'admin');
  type Row = Omit<ListedDelivery, 'to' | 'createdAt' | 'nextAt'> & {
    url: string | null;
    recipient: string;
    created: string;
    next: string | null;
  };
  const { rows } = await database().execute<Row>(sql`
    select d.id, m.type, w.url, d.recipient, d.state, d.attempts, d.status,
      d.milliseconds, d.problem, ${moment(sql`m.created_at`)} as created,
      case when d.state = 'waiting' then ${moment(sql`d.next_at`)} end as next
    from notice_message m join notice_delivery d on d.message_id = m.id
      left join webhook w on w.id = d.webhook_id
    where ${webhookId}::uuid is null or d.webhook_id = ${webhookId}::uuid
    order by m.created_at desc, d.id limit ${deliveriesShown}`);
  return rows.map(({ created, next, url, recipient, ...row }) => ({
    ...row,
    to: url === null ? recipient : shownAddress(administrator, url),
    createdAt: new Date(created),
    nextAt: next === null ? null : new Date(next),
  }));
}
