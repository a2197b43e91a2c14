/** Hours from when a message was made until it is given up. */
export const retryHours = 24;

const firstWait = 30;
const longestWait = 4 * 3_600;

/**
 * Seconds until the next try, after this many: three times as long each time, up to four hours, and up to
 * a fifth more by chance, so that what failed together does not come back together.
 *
 * @param asked for how many seconds the receiver wants to be left alone: never less, up to four hours
 */
export function retryWait(attempts: number, asked = 0, random: () => number = Math.random): number {
  const own = Math.min(firstWait * 3 ** (attempts - 1), longestWait);
  const wait = Math.max(own, Math.min(asked, longestWait));
  return Math.round(wait * (1 + random() / 5));
}

/**
 * Seconds that a `Retry-After` asks for, given as a number or as a date (RFC 9110, 10.2.3); 0 where it
 * is missing, past or neither of the two.
 */
export function retryAfter(header: string | undefined, now = Date.now()): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, Math.ceil((date - now) / 1_000));
}
