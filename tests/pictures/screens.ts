import type { LivedIn } from './lived-in';

/** Every screen, by the name of its picture. */
export const screens = ({ user, key }: LivedIn): Record<string, string> => ({
  keys: '/keys',
  'keys-none': '/keys?username=nobody-at-all',
  'keys-expiring': '/keys?status=expiring&sort=expires',
  'keys-new': '/keys/new',
  'keys-deleted': '/keys/deleted',
  'keys-import': '/keys/import',
  'keys-identify': '/keys/identify',
  key: `/keys/${key}`,
  'key-settings': `/keys/${key}?tab=settings`,
  'key-history': `/keys/${key}?tab=history`,
  'key-regenerate': `/keys/${key}/regenerate`,
  'key-delete': `/keys/${key}/delete`,
  'key-deactivate': `/keys/${key}/deactivate`,
  overview: '/overview',
  users: '/users',
  'users-new': '/users/new',
  user: `/users/${user}`,
  'user-disable': `/users/${user}/disable`,
  'user-delete': `/users/${user}/delete`,
  'users-import': '/users/import',
  audit: '/audit',
  settings: '/settings',
  'settings-password': '/settings/password',
  'settings-prove': '/settings/prove',
  'settings-policies': '/settings/policies',
  'settings-notices': '/settings/notices',
  'settings-second-factor': '/settings/second-factor',
  'settings-service-keys': '/settings/service-keys',
  'settings-administrators-new': '/settings/administrators/new',
  login: '/login',
  'not-found': '/nowhere',
});

/** The eight screens of `docs/tour.md`. The README shows the first one. */
export const tour = ({ user, key }: LivedIn): Record<string, string> => ({
  keys: '/keys',
  add: '/keys/new',
  key: `/keys/${key}`,
  regenerate: `/keys/${key}/regenerate`,
  overview: '/overview',
  user: `/users/${user}`,
  'service-keys': '/settings/service-keys',
  audit: '/audit',
});
