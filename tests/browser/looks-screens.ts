import type { Records } from './looks-records';

export type Screen = (records: Records) => string;

/** Screens that people see daily, and one of each kind of page. */
export const core: Screen[] = [
  () => '/keys',
  () => '/keys/new',
  () => '/keys/import',
  ({ key }) => `/keys/${key}`,
  ({ key }) => `/keys/${key}?tab=settings`,
  ({ key }) => `/keys/${key}/reveal`,
  ({ busy }) => `/keys/${busy}/delete`,
  () => '/overview',
  () => '/users',
  ({ owner }) => `/users/${owner}`,
  () => '/audit',
  () => '/settings',
  () => '/settings/policies',
  ({ webhook }) => `/settings/notices/${webhook}`,
];

/** All others, with every state that looks different. */
export const others: Screen[] = [
  () => '/keys?username=nobody-at-all',
  () => '/keys?status=expiring&sort=expires',
  () => `/keys?username=${'x'.repeat(101)}`,
  () => '/keys/deleted',
  () => '/keys/identify',
  ({ keyImport }) => `/keys/import/${keyImport}`,
  ({ key }) => `/keys/${key}?tab=history`,
  ({ key }) => `/keys/${key}/regenerate`,
  ({ key }) => `/keys/${key}/delete`,
  ({ busy }) => `/keys/${busy}`,
  ({ busy }) => `/keys/${busy}/deactivate`,
  ({ bulk }) => `/keys/bulk/${bulk}`,
  () => '/users?username=nobody-at-all',
  () => '/users/new',
  ({ owner }) => `/users/${owner}/delete`,
  ({ owner }) => `/users/${owner}/disable`,
  () => '/users/import',
  ({ owner }) => `/audit?owner=${owner}`,
  () => '/audit?actor=nobody-at-all',
  () => '/settings/security',
  () => '/settings/sessions',
  () => '/settings/administrators',
  () => '/settings/password',
  () => '/settings/prove',
  () => '/settings/service-keys',
  () => '/settings/policies/unused?days=45',
  () => '/settings/policies/lifetime?until=2030-01-01',
  () => '/settings/notices',
  ({ webhook }) => `/settings/notices/${webhook}/delete`,
  () => '/settings/second-factor',
  () => '/settings/administrators/new',
  ({ viewer }) => `/settings/administrators/${viewer}`,
];
