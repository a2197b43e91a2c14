import { customType } from 'drizzle-orm/pg-core';

/**
 * Text that compares by code point: fast, in the same order on every machine, and with one index for both
 * that order and searches by prefix.
 */
export const codePointText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
