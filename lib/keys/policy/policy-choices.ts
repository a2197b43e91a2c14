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
