const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** A day or moment as ISO 8601 writes it, in UTC where it names no offset; null where it is none. */
export function parseMoment(text: string): Date | null {
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = form.exec(text) ?? [];
  if (!day) return null;
  const offset = zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2').toUpperCase();
  const moment = new Date(`${day}T${time}${seconds}${offset}`);
  if (Number.isNaN(moment.getTime()) || !isDay(day)) return null;
  const year = moment.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? moment : null;
}

/** A day that does not exist rolls over into the next month. */
function isDay(day: string): boolean {
  const inMonth = Number(day.slice(8));
  return inMonth <= 28 || new Date(`${day}T00:00Z`).getUTCDate() === inMonth;
}
