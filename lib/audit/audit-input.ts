import { z } from 'zod';
import { isCalendarDay } from '@/lib/forms/calendar-day';
import {
  choiceParam,
  countParam,
  cursorParam,
  idParam,
  pageParam,
  searchParam,
  tookKeyParam,
} from '@/lib/lists/list-params';
import { auditActionNames } from './audit-actions';

/** A day in UTC, such as 2026-03-31. A day that does not exist counts as not given. */
const dayParam = searchParam.transform((text) =>
  /^(19[7-9]|2\d\d)\d-/.test(text) && isCalendarDay(text) ? text : '',
);

/** The parameters in the address of the audit. Wrong values fall back to defaults. */
export const auditListParams = z.object({
  actor: searchParam,
  action: choiceParam(auditActionNames),
  target: searchParam,
  from: dayParam,
  to: dayParam,
  /** The id of a user: events of the keys that are theirs, deleted ones too. */
  owner: idParam,
  page: pageParam,
  at: cursorParam,
  count: countParam,
  wholeKey: tookKeyParam,
});
export type AuditListParams = z.output<typeof auditListParams>;
export type AuditFilters = Omit<AuditListParams, 'page' | 'at' | 'count' | 'wholeKey'>;
