import { customType } from 'drizzle-orm/pg-core';

/**
 * Text that compares by code point: in the same order on every machine, quickly, and so that one index
 * serves both that order and the search for a beginning.
 */
export const codePointText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
