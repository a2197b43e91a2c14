import { momentLabels as labels } from './moment-labels';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A moment further away than so many days is told as a date. */
export const nearDays = 30;

/** A moment as people say it: relative up to a month, both ways, and then a date. */
export function momentText(at: Date, now: number, brief = false): string {
  const away = at.getTime() - now;
  const span = away > 0 ? spanAhead(away, brief) : spanAgo(-away, brief);
  if (span === null) return labels.date(at);
  if (span === labels.now || span === labels.today) return span;
  return away > 0 ? labels.ahead(span) : labels.ago(span);
}

/** Rounded down: nothing is older than it says. */
function spanAgo(span: number, brief: boolean): string | null {
  if (span > nearDays * day) return null;
  if (span >= day) return labels.days(Math.floor(span / day));
  if (brief) return labels.today;
  if (span >= hour) return labels.hours(Math.floor(span / hour));
  return span >= minute ? labels.minutes(Math.floor(span / minute)) : labels.now;
}

/** To the nearest: what was set to end in 30 days says so a second later as well. */
function spanAhead(span: number, brief: boolean): string | null {
  if (span > nearDays * day) return null;
  const [minutes, hours, days] = [minute, hour, day].map((unit) => Math.round(span / unit)) as [
    number,
    number,
    number,
  ];
  if (hours >= 24) return labels.days(Math.max(1, days));
  if (brief) return labels.today;
  if (minutes >= 60) return labels.hours(Math.max(1, hours));
  return minutes > 0 ? labels.minutes(minutes) : labels.now;
}

/** To the second: `30 Nov 2026, 08:51:22`. */
export const exactText = (at: Date, iso = at.toISOString()) =>
  labels.exact(labels.date(at), iso.slice(11, 19));

/** The same with its zone. */
export const zonedText = (at: Date, iso = at.toISOString()) => labels.zoned(exactText(at, iso));
