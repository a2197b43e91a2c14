import { momentLabels } from './moment-labels';

/** A day in UTC, given as `2027-03-01`, as people read it. */
export const dayText = (day: string) => momentLabels.date(new Date(`${day}T00:00:00Z`));
