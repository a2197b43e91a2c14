/** Most secrets of one report. */
export const mostLeaked = 1_000;

/** What a report says of all its secrets: who or what found them, and where. */
export type Evidence = { source: string; url: string | null };

/** A secret that was found where it does not belong, and where that is if it differs from the others. */
export type LeakedSecret = { secret: string; url?: string | null };
