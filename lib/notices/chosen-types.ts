import { type AuditAction, auditActionNames } from '@/lib/audit/audit-actions';
import { type NoticeType, noticeTypes } from './messages';

/** What a webhook can receive. Client-safe. */
export type ChosenType = NoticeType | AuditAction;

/** Stands for all types, also those of later versions. */
export const allTypes = '*';

export const noticeTypeNames = Object.keys(noticeTypes) as [NoticeType, ...NoticeType[]];
export const chosenTypeNames: [ChosenType, ...ChosenType[]] = [
  ...noticeTypeNames,
  ...auditActionNames,
];

export type TypeGroup = 'notices' | 'keys' | 'users' | 'settings' | 'signIns';

/** The group of each kind of action. All other kinds belong to administrators and settings. */
const groupOf: Partial<Record<string, TypeGroup>> = {
  key: 'keys',
  api: 'keys',
  user: 'users',
  account: 'signIns',
  session: 'signIns',
};

const actionsIn = (group: TypeGroup) =>
  auditActionNames.filter((name) => (groupOf[name.split('.')[0] ?? ''] ?? 'settings') === group);

/** The types in the order of the screen. Each is in one group. */
export const typeGroups: readonly { group: TypeGroup; types: readonly ChosenType[] }[] = [
  { group: 'notices', types: noticeTypeNames },
  { group: 'keys', types: actionsIn('keys') },
  { group: 'users', types: actionsIn('users') },
  { group: 'settings', types: actionsIn('settings') },
  { group: 'signIns', types: actionsIn('signIns') },
];

export const isWanted = (types: readonly string[], type: string) =>
  types.includes(allTypes) || types.includes(type);

/** Whether any audited action is among them. */
export const wantsEvents = (types: readonly string[]) =>
  auditActionNames.some((action) => isWanted(types, action));
