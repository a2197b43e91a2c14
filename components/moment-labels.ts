const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How moments are told. */
export const momentLabels = {
  never: 'never',
  now: 'just now',
  today: 'today',
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => counted(count, 'hour'),
  days: (count: number) => counted(count, 'day'),
  ago: (span: string) => `${span} ago`,
  ahead: (span: string) => `in ${span}`,
  date: (at: Date) => `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`,
  /** Two digits each: `08:51:22`. */
  exact: (date: string, time: string) => `${date}, ${time}`,
  zoned: (exact: string) => `${exact} UTC`,
  /** Once under each table. */
  zone: 'Times are UTC.',
} as const;
