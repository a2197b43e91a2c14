import { totalmem } from 'node:os';

const least = 128;
const most = 2_048;

/**
 * PostgreSQL's memory for tables, as a setting: an eighth of the machine or of the container. That is half of
 * the quarter that its manual suggests, because the desk runs beside it. A table of a million keys with its
 * indexes takes about 500 MB.
 */
export function sharedBuffers(): string {
  // Zero, or more than the machine has, if there is no limit.
  const limit = process.constrainedMemory?.() || totalmem();
  const eighth = Math.min(limit, totalmem()) / 8 / 2 ** 20;
  return `${Math.round(Math.min(most, Math.max(least, eighth)))}MB`;
}
