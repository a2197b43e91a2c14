import { isCalendarDay } from '@/lib/forms/calendar-day';

const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** A day or moment in ISO 8601, in UTC unless it names an offset; null if it is neither. */
export function parseMoment(text: string): Date | null {
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = form.exec(text) ?? [];
  if (!day) return null;
  const offset = zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase();
  const moment = new Date(`${day}T${time}${seconds}${offset}`);
  if (Number.isNaN(moment.getTime()) || !isCalendarDay(day)) return null;
  const year = moment.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? moment : null;
}
