import 'server-only';
import { database } from '@/db/client';
import type { Service } from '@/lib/access/service';
import { recordEvent } from '@/lib/audit/record-event';
import type { Answer } from '@/lib/http/problem';
import { FailedLookupLimiter } from '@/lib/keys/failed-lookup-limiter';

const recorded = new FailedLookupLimiter();

/**
 * Records that a service tried what it may not do. Every event is sealed to the one before, so events wait for
 * each other. A service that does nothing but what it may not do would delay every change of others, so this
 * instance records only its first thirty refusals in a minute.
 */
export async function recordRefusal(
  service: Service,
  request: string,
  { body }: Answer,
): Promise<void> {
  if (recorded.count(service.id, '') > 0) return;
  const { requiredScope, detail } = JSON.parse(body) as Record<string, unknown>;
  const target = { type: 'key', id: service.id, label: service.username } as const;
  await database().transaction((tx) =>
    recordEvent(tx, service, 'api.request', target, {
      outcome: 'refused',
      details: { request, ...(requiredScope ? { requiredScope } : { detail }) },
    }),
  );
}
