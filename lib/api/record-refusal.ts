import 'server-only';
import { database } from '@/db/client';
import type { Service } from '@/lib/access/service';
import { recordEvent } from '@/lib/audit/record-event';
import type { Answer } from '@/lib/http/problem';

/** Refusals of one service that this instance records in a minute. */
const mostInMinute = 60;

let minute = 0;
const counts = new Map<string, number>();

/**
 * Records that a service tried what it may not do. Every event is sealed to the one before, so events wait for
 * each other. A service that does nothing but what it may not do would delay every change of others: once a
 * minute is full, its further refusals are not recorded.
 */
export async function recordRefusal(service: Service, request: string, { body }: Answer) {
  if (isFull(service.id)) return;
  const { requiredScope, detail } = JSON.parse(body) as Record<string, unknown>;
  const target = { type: 'key', id: service.id, label: service.username } as const;
  await database().transaction((tx) =>
    recordEvent(tx, service, 'api.request', target, {
      outcome: 'refused',
      details: { request, ...(requiredScope ? { requiredScope } : { detail }) },
    }),
  );
}

function isFull(id: string): boolean {
  const now = Math.floor(Date.now() / 60_000);
  if (now !== minute) counts.clear();
  minute = now;
  const count = (counts.get(id) ?? 0) + 1;
  counts.set(id, count);
  return count > mostInMinute;
}
