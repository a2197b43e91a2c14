import 'server-only';
import { z } from 'zod';
import { rights } from '@/lib/access/rights';
import { eventDocument } from '@/lib/audit/event-document';
import { listEventsAfter } from '@/lib/audit/list-events-after';
import { defineEndpoint } from './endpoint';
import { momentText } from './moment';

/** Each line of the answer. */
export const eventSchema = z
  .object({
    seq: z.int().describe('Counts from 1 without gaps.'),
    at: momentText,
    action: z.string(),
    outcome: z.enum(['done', 'refused']),
    actor: z.object({ id: z.uuid().nullable(), name: z.string(), address: z.string() }),
    target: z.object({ type: z.string(), id: z.uuid().nullable(), name: z.string() }),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEvent' });

export const auditEndpoint = defineEndpoint({
  method: 'GET',
  path: '/audit',
  operation: 'readAudit',
  summary: 'Read audit events, oldest first',
  scope: rights.readAudit.scope,
  query: z.strictObject({
    after: z.coerce
      .number('Send the number of an event.')
      .int('Send the number of an event.')
      .min(0, 'Send the number of an event.')
      .max(Number.MAX_SAFE_INTEGER, 'Send the number of an event.')
      .default(0)
      .describe('The `seq` of the last event that you have.'),
    limit: z.coerce
      .number('Send a whole number from 1 to 1,000.')
      .int('Send a whole number from 1 to 1,000.')
      .min(1, 'Send a whole number from 1 to 1,000.')
      .max(1_000, 'Send a whole number from 1 to 1,000.')
      .default(200)
      .describe('How many events to answer with.'),
  }),
  success: {
    status: 200,
    description: 'One event on each line, as JSON. No line at all if there is no later event.',
    schema: eventSchema,
    mediaType: 'application/x-ndjson',
  },
  problems: ['invalid'],
  async run({ service, query: { after, limit } }) {
    const events = await listEventsAfter(service, after, limit);
    return {
      status: 200,
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: events.map((event) => `${JSON.stringify(eventDocument(event))}\n`).join(''),
    };
  },
});
