/**
 * `npm test` repeats a race or a fault a few times, and tries every pair of combinable parts. `npm run
 * test:full` does as much as is promised.
 */
export const times = <Amount>(full: Amount, short: Amount): Amount =>
  process.env.TESTS === 'full' ? full : short;
