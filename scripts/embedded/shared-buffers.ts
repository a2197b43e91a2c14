import { totalmem } from 'node:os';

const least = 128;
const most = 2_048;

/**
 * What PostgreSQL may keep in memory of its tables, as it wants to be told. An eighth of the machine,
 * or of the container: half of the quarter that its manual starts from, for the desk runs beside it.
 * A table of a million keys with its indexes takes about 500 MB.
 */
export function sharedBuffers(): string {
  // Zero, or more than there is, where nobody set a limit.
  const limit = process.constrainedMemory?.() || totalmem();
  const eighth = Math.min(limit, totalmem()) / 8 / 2 ** 20;
  return `${Math.round(Math.min(most, Math.max(least, eighth)))}MB`;
}
