import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { commandLine } from '@/lib/access/command-line';
import { createKeyBody } from '@/lib/api/key-body';
import { keyDocumentOf } from '@/lib/api/key-document';
import { isCalendarDay } from '@/lib/forms/calendar-day';
import { createKey } from '@/lib/keys/create-key';
import { findKey } from '@/lib/keys/find-key';
import type { HandOverWish } from '@/lib/keys/hand-over/hand-over-input';
import { Sentence } from '../../sentence';
import { handOverFields, printHandOver, readWish } from './hand-over';
import { readOptions, words } from './options';
import { printJson, printSecret } from './print';
import { refusalOf } from './refusals';

const { user, name, scopes, allowedAddresses, rateLimit } = createKeyBody.shape;
const list = (items: z.ZodType<string[], string[]>) => z.string().transform(words).pipe(items);
const wrongExpiry = 'Use a day or time such as 2027-01-31, a number of days such as 90d, or never.';

/** The fields are those of the management API, in the form in which a command line writes them. */
const createOptions = z.object({
  user,
  name,
  scopes: list(scopes.unwrap()).default([]),
  expires: z.string().transform(readExpiry).default(null),
  addresses: list(allowedAddresses.unwrap()).default([]),
  rate: z.string().transform(readRate).pipe(rateLimit.unwrap().unwrap()).nullable().default(null),
  inactive: z.boolean(),
  ...handOverFields,
  json: z.boolean(),
});

export function createOne(given: object): () => Promise<void> {
  const options = readOptions(createOptions, given);
  const wish = readWish(options);
  return async () => {
    const { id, username, secret, handOver } = await create(options, wish);
    const key = await findKey(commandLine, id);
    if (handOver && key) {
      const what = `Key ${id} for ${username} waits to be collected.`;
      return printHandOver(handOver, { json: options.json, key: keyDocumentOf(key), what });
    }
    if (options.json && key) return printJson({ ...keyDocumentOf(key), secret });
    printSecret(`Key ${id} was created for ${username}.`, secret);
  };
}

async function create(options: z.output<typeof createOptions>, handOver: HandOverWish | null) {
  const result = await createKey(commandLine, {
    ...{ requestId: uuidv7(), user: options.user, name: options.name, scopes: options.scopes },
    ...{ active: !options.inactive, revealable: false, metadata: null },
    ...{ expires: options.expires, lifetime: undefined },
    allowedAddresses: options.addresses,
    rateLimit: options.rate?.calls ?? null,
    rateWindow: options.rate?.seconds ?? 60,
    handOver,
  });
  if (result.outcome === 'created') return result;
  throw new Sentence(refusalOf(result, options.user));
}

/** A day begins in UTC. Days count from now. */
function readExpiry(text: string, context: z.RefinementCtx): Date | null {
  if (text === 'never') return null;
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  if (days) return new Date(Date.now() + Number(days) * 86_400_000);
  const isTime = z.iso.datetime({ offset: true }).safeParse(text).success;
  if (isTime || isCalendarDay(text)) return new Date(text);
  context.addIssue({ code: 'custom', message: wrongExpiry });
  return z.NEVER;
}

function readRate(text: string, context: z.RefinementCtx) {
  const [, calls, seconds] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  if (calls && seconds) return { calls: Number(calls), seconds: Number(seconds) };
  context.addIssue({ code: 'custom', message: 'Use calls and seconds, such as 100/60.' });
  return z.NEVER;
}
