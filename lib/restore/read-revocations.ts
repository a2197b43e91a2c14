import 'server-only';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { remedyOf } from './remedies';
import { RevocationList } from './revocation-list';

const line = z.object({
  /** Its number in a list of `revocations`. */
  line: z.number().optional(),
  audit: z.object({
    type: z.string(),
    data: z.object({
      seq: z.number().int().min(1),
      outcome: z.enum(['done', 'refused']),
      target: z.object({ id: z.guid().nullable() }),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
});
const end = z.object({
  revocations: z.object({
    after: z.number().int().min(0),
    through: z.number().int().min(0),
    events: z.number().int().min(0),
  }),
});

/**
 * Reads what `revocations` wrote or what `AUDIT_LOG` printed, among any other lines and behind the prefixes of log
 * collectors. Of events up to `head`, which the database knows, nothing is done again.
 */
export async function readRevocations(
  input: NodeJS.ReadableStream,
  head: number,
): Promise<RevocationList> {
  const list = new RevocationList();
  /** Lines of the list that are there from its beginning on. */
  let whole = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const json = parse(text);
    const event = line.safeParse(json);
    if (event.success) {
      const { line: number, audit } = event.data;
      const { type, data } = audit;
      list.coverage.add(data.seq);
      if (number === 1) whole = 1;
      else if (number === whole + 1) whole = number;
      const remedy = data.outcome === 'done' ? remedyOf(type, data.details) : null;
      if (remedy && data.seq > head) list.add(remedy, data.target.id);
      continue;
    }
    const closed = end.safeParse(json);
    if (!closed.success) continue;
    const { after, through, events } = closed.data.revocations;
    if (whole === events) list.coverage.add(after + 1, through);
    // A list without events tells of the one after which it begins.
    if (after === through) list.coverage.add(after);
    whole = 0;
  }
  return list;
}

function parse(text: string): unknown {
  const begin = text.indexOf('{');
  if (begin < 0 || !/"(audit|revocations)"/.test(text)) return null;
  try {
    return JSON.parse(text.slice(begin));
  } catch {
    return null;
  }
}
