import { isCalendarDay } from '@/lib/forms/calendar-day';

/** PostgreSQL's types of the values that lists are sorted by. A timestamp is in UTC. */
export type ValueType = 'timestamp' | 'text' | 'boolean' | 'uuid' | 'bigint';

/** A position in a list: directly after or before the row with these values, or the end. */
export type Cursor = { side: 'after' | 'before'; values: string[] } | { side: 'end' };

const longest = 1_000;

/**
 * The cursor for the address of a page. It names the sort order, because it is meaningless in another one.
 */
export function cursorText(sort: string, place: Cursor): string {
  if (place.side === 'end') return 'end';
  return Buffer.from(JSON.stringify([sort, place.side, ...place.values])).toString('base64url');
}

/** Reads a cursor from an address. Returns null for anything that {@link cursorText} would not write. */
export function parseCursor(text: string, sort: string, types: ValueType[]): Cursor | null {
  if (text === 'end') return { side: 'end' };
  if (text === '' || text.length > longest) return null;
  const read = parseJson(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(read) || read.length !== types.length + 2) return null;
  const [ofSort, side, ...values] = read as unknown[];
  if (ofSort !== sort || (side !== 'after' && side !== 'before')) return null;
  const texts = values.filter((value): value is string => typeof value === 'string');
  const good = texts.length === types.length && types.every((type, at) => fits(type, texts[at]));
  return good ? { side, values: texts } : null;
}

/** @throws RangeError for a value that PostgreSQL would refuse; `parseCursor` has already checked it */
export function parseValue(type: ValueType, text: string): string {
  if (!fits(type, text)) throw new RangeError(`No ${type}.`);
  return text;
}

const forms: Record<ValueType, RegExp> = {
  timestamp: /^(-?infinity|[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?)$/,
  // PostgreSQL cannot store NUL.
  text: /^[^\0]*$/u,
  boolean: /^(true|false)$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  bigint: /^\d{1,15}$/,
};

function fits(type: ValueType, text = ''): boolean {
  if (!forms[type].test(text)) return false;
  if (type !== 'timestamp' || text.endsWith('infinity')) return true;
  const moment = new Date(`${text.replace(' ', 'T').slice(0, 19)}Z`);
  return !Number.isNaN(moment.getTime()) && isCalendarDay(text.slice(0, 10));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
