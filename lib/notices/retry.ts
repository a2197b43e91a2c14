/** Hours after which a message is given up. */
export const retryHours = 24;

const firstWait = 30;
const longestWait = 4 * 3_600;

/**
 * Seconds until the next attempt. The wait triples with each attempt, up to four hours. A random part of up
 * to a fifth is added, so that deliveries that failed together are not retried together.
 *
 * @param asked seconds that the receiver asked us to wait; the wait is never shorter, up to four hours
 */
export function retryWait(attempts: number, asked = 0, random: () => number = Math.random): number {
  const own = Math.min(firstWait * 3 ** (attempts - 1), longestWait);
  const wait = Math.max(own, Math.min(asked, longestWait));
  return Math.round(wait * (1 + random() / 5));
}

/**
 * The seconds in a `Retry-After`, which is a number or a date (RFC 9110, 10.2.3); 0 if it is missing, past or
 * malformed.
 */
export function retryAfter(header: string | undefined, now = Date.now()): number {
  if (header === undefined) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, Math.ceil((date - now) / 1_000));
}
