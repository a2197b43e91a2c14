/** Most lines of one look-up. Client-safe, like all of this file. */
export const mostLines = 1_000;

/**
 * Unknown lines of one operator in a minute. More than for single keys, because most lines of a leak belong
 * to others. A look-up that goes beyond is still answered, and the next one waits.
 */
export const freeLines = 2_000;
