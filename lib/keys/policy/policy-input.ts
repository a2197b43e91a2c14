import { z } from 'zod';
import { isCalendarDay } from '@/lib/forms/calendar-day';
import { mostNetworks, networkProblem } from '@/lib/network/network-list';
import { isScopeName, mostScopes, scopeProblem, scopeWords } from '../scope';
import { lifetimes, rateWindows } from './policy-choices';

/** Longest metadata, in bytes of JSON. */
export const longestMetadata = 4_096;

const optionalText = z.string();

/** Adds a message to the field and returns no value. */
function refuse(context: z.RefinementCtx, message: string) {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** Scopes separated by blanks or commas, each once, in the order written. */
const scopes = z.string('Enter scopes.').transform((text, context): string[] => {
  const names = scopeWords(text);
  const wrong = names.find((name) => !isScopeName(name));
  if (wrong !== undefined) {
    return refuse(context, scopeProblem(wrong));
  }
  if (names.length > mostScopes) return refuse(context, `Use at most ${mostScopes} scopes.`);
  return names;
});

/** A moment in UTC, in the format of `datetime-local`; empty for never. */
const expires = optionalText.transform((text, context): Date | null => {
  if (text.trim() === '') return null;
  const [, day, time = '00:00'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ]((?:[01]\d|2[0-3]):\d\d)(?::\d\d)?)?$/.exec(text.trim()) ?? [];
  const moment = new Date(`${day}T${time}Z`);
  if (day && isCalendarDay(day) && !Number.isNaN(moment.getTime())) return moment;
  return refuse(context, 'Enter a date and time, or leave it empty.');
});

/** Addresses and networks separated by blanks or commas; empty allows any. */
const allowedAddresses = optionalText.transform((text, context): string[] => {
  const networks = [...new Set(text.split(/[\s,]+/).filter(Boolean))];
  if (networks.length > mostNetworks) {
    return refuse(context, `Use at most ${mostNetworks} addresses and networks.`);
  }
  const problem = networks.map(networkProblem).find((found) => found !== null);
  return problem ? refuse(context, problem) : networks;
});

/** Calls in a window; empty for no limit. */
const rateLimit = optionalText.transform((text, context): number | null => {
  if (text.trim() === '') return null;
  const calls = /^\d{1,7}$/.test(text.trim()) ? Number(text) : 0;
  if (calls >= 1 && calls <= 1_000_000) return calls;
  return refuse(context, 'Enter a whole number from 1 to 1,000,000, or leave it empty.');
});

export type Metadata = Record<string, unknown>;

/** A JSON object that verification returns to callers; empty for none. */
const metadata = optionalText.transform((text, context): Metadata | null => {
  if (text.trim() === '') return null;
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(context, 'Enter a JSON object, such as {"plan": "gold"}, or leave it empty.');
  }
  const problem = metadataProblem(value);
  return problem === null ? (value as Metadata) : refuse(context, problem);
});

/** Why an object cannot be the metadata of a key; null if it can. */
export function metadataProblem(value: object): string | null {
  const json = JSON.stringify(value);
  // PostgreSQL can store neither NUL nor half a surrogate pair in JSON.
  if (json.includes('\\u0000') || !json.isWellFormed() || /\\ud[89a-f]/i.test(json)) {
    return 'The metadata has characters that cannot be stored.';
  }
  if (Buffer.byteLength(json) > longestMetadata) {
    return `Use at most ${longestMetadata.toLocaleString('en')} bytes.`;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rateWindow = z.enum(rateWindows).transform(Number);

/** All but `date` win over `expires`; days are counted from now by the clock of the database. */
const lifetime = z
  .enum(lifetimes)
  .or(z.literal('').transform(() => undefined))
  .optional();

/** The limits of a new key. */
export const newPolicy = {
  scopes: scopes.default([]),
  expires: expires.default(null),
  lifetime,
  allowedAddresses: allowedAddresses.default([]),
  rateLimit: rateLimit.default(null),
  rateWindow: rateWindow.default(60),
  metadata: metadata.default(null),
};

/** The limits of an existing key. Fields that are not sent keep their values. */
export const changedPolicy = {
  scopes: scopes.optional(),
  expires: expires.optional(),
  lifetime,
  allowedAddresses: allowedAddresses.optional(),
  rateLimit: rateLimit.optional(),
  rateWindow: rateWindow.optional(),
  metadata: metadata.optional(),
};
