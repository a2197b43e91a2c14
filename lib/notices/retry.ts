/** Hours from when a message was made until it is given up. */
export const retryHours = 24;

const firstWait = 30;
const longestWait = 4 * 3_600;

/**
 * Seconds until the next try, after this many: three times as long each time, up to four hours, and up to
 * a fifth more by chance, so that what failed together does not come back together.
 */
export function retryWait(attempts: number, random: () => number = Math.random): number {
  const wait = Math.min(firstWait * 3 ** (attempts - 1), longestWait);
  return Math.round(wait * (1 + random() / 5));
}
