/** Lengths of a rate limit's window, in seconds. Client-safe, like all of this file. */
export const rateWindows = ['1', '60', '3600'] as const;

/** Days that a key may be given from now on. */
export const presetDays = ['30', '90', '365'] as const;

/** When a key ends: never, in so many days, or on the date that is given beside. */
export const lifetimes = ['never', ...presetDays, 'date'] as const;
export type Lifetime = (typeof lifetimes)[number];

/** What happens to a key when its secret is reported as leaked. */
export const onLeakChoices = ['switch-off', 'tell-only'] as const;
export type OnLeak = (typeof onLeakChoices)[number];

/** Days before the end of a key on which notices about it may be sent; 0 is the day itself. */
export const noticeDayChoices = ['30', '14', '7', '3', '1', '0'] as const;

/** Most of these days, besides the day itself. */
export const mostNoticeDays = 4;
