import { randomInt, randomUUID } from 'node:crypto';
import type { Fields } from '../../helpers/plain-browser';
import { accountActionEntryPoints, accountPageEntryPoints } from './account-entry-points';
import { type Caller, password, type Records, type Target } from './planted';

/** An action: who may call it, from which page, and a call that changes something. */
export type ActionEntryPoint = {
  role: Caller;
  page: (records: Records) => string;
  fields: (records: Records, target: Target) => Fields;
  /**
   * The file that tests its effect, if a call needs more than is planted here, such as a code or a
   * re-authentication.
   */
  shownIn?: { file: string; word: string };
};

const yes = { active: 'yes' };
const csv = (name: string) => new File([`username\n${name}\n`], 'users.csv', { type: 'text/csv' });
const keyCsv = (owner: string) =>
  new File([`username,secret\n${owner},${randomUUID()}\n`], 'keys.csv', { type: 'text/csv' });

/**
 * Every action by its exported name. The attack fails if the build has one that is missing here, so a new
 * action must be listed with the role that may call it.
 */
export const actionEntryPoints: Record<string, ActionEntryPoint> = {
  createKeyAction: {
    role: 'operator',
    page: () => '/keys/new',
    fields: (records) => ({
      requestId: randomUUID(),
      user: records.user('create').username,
      ...yes,
    }),
  },
  addServiceKeyAction: {
    role: 'admin',
    page: () => '/settings/service-keys',
    fields: (records) => ({
      requestId: randomUUID(),
      user: records.user('create').username,
      'keydesk:verify': 'yes',
    }),
    shownIn: { file: 'tests/keys/service-keys.test.ts', word: 'addServiceKeyAction' },
  },
  changeKeyAction: {
    role: 'operator',
    page: (records) => `/keys/${records.key('change')}?tab=settings`,
    fields: (records) => ({ id: records.key('change'), active: 'no', name: 'changed' }),
  },
  switchKeyAction: {
    role: 'operator',
    page: () => '/keys',
    fields: (records) => ({ id: records.key('switch'), active: 'no' }),
  },
  regenerateKeyAction: {
    role: 'operator',
    page: (records) => `/keys/${records.key('regenerate')}/regenerate`,
    fields: (records) => ({ id: records.key('regenerate'), version: '1' }),
  },
  endHandOverAction: {
    role: 'operator',
    page: (records) => `/keys/${records.handOver.keyId}`,
    fields: (records) => ({ id: records.handOver.keyId }),
  },
  collectKeyAction: {
    role: 'nobody',
    page: (records) => `/collect/${records.handOver.id}`,
    fields: (records) => ({ id: records.handOver.id, secretPart: 'not the link' }),
    shownIn: { file: 'tests/browser/hand-over.spec.ts', word: 'collects' },
  },
  stopOldKeyAction: {
    role: 'operator',
    page: (records) => `/keys/${records.key('stop')}`,
    fields: (records) => ({ id: records.key('stop'), version: '1' }),
  },
  deleteKeyAction: {
    role: 'operator',
    page: (records) => `/keys/${records.key('delete')}/delete`,
    fields: (records) => ({ id: records.key('delete') }),
  },
  startBulkAction: {
    role: 'operator',
    page: () => '/keys',
    fields: (records) => ({ key: records.key('extra'), verb: 'deactivate' }),
  },
  startListBulkAction: {
    role: 'operator',
    page: () => '/overview',
    fields: () => ({ list: 'ownerless', verb: 'deactivate' }),
    shownIn: { file: 'tests/browser/overview.spec.ts', word: 'switches off all keys of a list' },
  },
  stepBulkAction: {
    role: 'operator',
    page: (records) => `/keys/bulk/${records.bulkId}`,
    fields: (records) => ({ id: records.bulkId }),
  },
  identifyKeyAction: {
    role: 'viewer',
    page: () => '/keys/identify',
    fields: () => ({ secret: 'a key that somebody has found' }),
    shownIn: { file: 'tests/keys/identify.test.ts', word: 'identifyKey' },
  },
  restoreKeyAction: {
    role: 'operator',
    page: () => '/keys/deleted',
    fields: (records) => ({ id: records.key('delete') }),
    shownIn: { file: 'tests/keys/restore.test.ts', word: 'restoreKey' },
  },
  setKeyPolicyAction: {
    role: 'admin',
    page: () => '/settings/policies',
    fields: () => ({ mostKeysPerUser: String(randomInt(1_000, 1_000_000)) }),
  },
  setOwnKeyRuleAction: {
    role: 'admin',
    page: () => '/settings/policies',
    fields: () => ({ ownKeys: 'regenerate' }),
  },
  switchOffOwnKeyAction: {
    role: 'owner',
    page: (records) => `/me/${records.ownKey('switch-off')}/deactivate`,
    fields: (records) => ({ id: records.ownKey('switch-off') }),
  },
  regenerateOwnKeyAction: {
    role: 'owner',
    page: (records) => `/me/${records.ownKey('regenerate')}/regenerate`,
    fields: (records) => ({ id: records.ownKey('regenerate'), version: '1' }),
  },
  turnOnIdleRuleAction: {
    role: 'admin',
    page: () => '/settings/policies/unused?days=90',
    fields: () => ({ idleDays: String(randomInt(30, 365)) }),
  },
  turnOffIdleRuleAction: {
    role: 'admin',
    page: () => '/settings/policies/unused',
    fields: () => ({}),
    shownIn: { file: 'tests/rules/idle-rule.test.ts', word: 'turnOffIdleRule' },
  },
  allowIdleRunAction: {
    role: 'admin',
    page: () => '/settings/policies/unused',
    fields: () => ({ id: randomUUID(), keys: '1' }),
    shownIn: { file: 'tests/rules/idle-limit.test.ts', word: 'allowIdleRun' },
  },
  shortenLifetimesAction: {
    role: 'admin',
    page: () => '/settings/policies/lifetime',
    fields: () => ({ until: '2030-01-01', days: '90', keys: '1' }),
    shownIn: { file: 'tests/rules/lifetimes.test.ts', word: 'shortenLifetimes' },
  },
  createUserAction: {
    role: 'operator',
    page: () => '/users/new',
    fields: () => ({ id: randomUUID(), username: `made-${randomUUID()}`, ...yes }),
  },
  changeUserAction: {
    role: 'operator',
    page: (records) => `/users/${records.user('change').id}`,
    fields: (records) => {
      const { id, username } = records.user('change');
      return { id, username, displayName: 'changed', ...yes };
    },
  },
  disableUserAction: {
    role: 'operator',
    page: (records) => `/users/${records.user('extra').id}/disable`,
    fields: (records) => ({ id: records.user('extra').id, keys: '0', keyAction: 'keep' }),
  },
  deleteUserAction: {
    role: 'operator',
    page: (records) => `/users/${records.user('delete').id}/delete`,
    fields: (records) => ({ id: records.user('delete').id }),
  },
  importUsersAction: {
    role: 'operator',
    page: (records) => `/users/import/${records.importId}`,
    fields: (records) => ({ id: records.importId }),
  },
  checkImportAction: {
    role: 'operator',
    page: () => '/users/import',
    fields: () => ({ file: csv(`checked-${randomUUID()}`) }),
  },
  importKeysAction: {
    role: 'operator',
    page: (records) => `/keys/import/${records.keyImportId}`,
    fields: (records) => ({ id: records.keyImportId }),
  },
  checkKeyImportAction: {
    role: 'operator',
    page: () => '/keys/import',
    fields: (records) => ({ file: keyCsv(records.user('extra').username) }),
  },
  signInAction: {
    role: 'nobody',
    page: () => '/login',
    fields: (_records, { names }) => ({ username: names.viewer, password }),
  },
  signOutOfMyKeysAction: { role: 'owner', page: () => '/me', fields: () => ({}) },
  signOutAction: { role: 'viewer', page: () => '/keys', fields: () => ({}) },
  ...accountActionEntryPoints,
};

/** A page: who may see it, and which planted text it then shows. */
export type PageEntryPoint = {
  role: Caller;
  path: (records: Records) => string;
  shows?: (records: Records, target: Target) => string;
  /** The journey that shows it, if the page needs more than is planted here. */
  shownIn?: string;
};

const ownerOf = (records: Records) => records.user('key').username;

export const pageEntryPoints: Record<string, PageEntryPoint> = {
  '/': { role: 'nobody', path: () => '/' },
  '/login': { role: 'nobody', path: () => '/login' },
  '/collect/[id]': { role: 'nobody', path: (records) => `/collect/${records.handOver.id}` },
  '/me': {
    role: 'owner',
    path: () => '/me',
    shows: (records) => records.ownKey('look'),
  },
  '/me/[id]': {
    role: 'owner',
    path: (records) => `/me/${records.ownKey('look')}`,
    shows: () => 'kd_AbCd…wXyZ',
  },
  '/me/[id]/deactivate': {
    role: 'owner',
    path: (records) => `/me/${records.ownKey('look')}/deactivate`,
    shows: () => 'kd_AbCd…wXyZ',
  },
  '/me/[id]/regenerate': {
    role: 'owner',
    path: (records) => `/me/${records.ownKey('look')}/regenerate`,
    shows: () => 'kd_AbCd…wXyZ',
  },
  '/keys': { role: 'viewer', path: () => '/keys', shows: ownerOf },
  '/keys/new': { role: 'operator', path: () => '/keys/new' },
  '/keys/[id]': {
    role: 'viewer',
    path: (records) => `/keys/${records.key('extra')}`,
    shows: ownerOf,
  },
  '/keys/[id]/regenerate': {
    role: 'operator',
    path: (records) => `/keys/${records.key('extra')}/regenerate`,
    shows: ownerOf,
  },
  '/keys/[id]/delete': {
    role: 'operator',
    path: (records) => `/keys/${records.key('extra')}/delete`,
    shows: ownerOf,
  },
  '/keys/[id]/deactivate': {
    role: 'operator',
    path: (records) => `/keys/${records.key('extra')}/deactivate`,
    shows: ownerOf,
  },
  '/keys/deleted': { role: 'viewer', path: () => '/keys/deleted' },
  '/overview': { role: 'viewer', path: () => '/overview' },
  '/settings/service-keys': { role: 'viewer', path: () => '/settings/service-keys' },
  '/settings/policies': { role: 'admin', path: () => '/settings/policies' },
  '/settings/policies/unused': { role: 'admin', path: () => '/settings/policies/unused?days=90' },
  '/settings/policies/lifetime': {
    role: 'admin',
    path: () => '/settings/policies/lifetime?until=2030-01-01',
  },
  '/keys/identify': { role: 'viewer', path: () => '/keys/identify' },
  '/keys/bulk/[id]': { role: 'operator', path: (records) => `/keys/bulk/${records.bulkId}` },
  '/keys/import': { role: 'operator', path: () => '/keys/import' },
  '/keys/import/[id]': {
    role: 'operator',
    path: (records) => `/keys/import/${records.keyImportId}`,
  },
  '/users': {
    role: 'viewer',
    path: () => '/users?username=planted',
    shows: (records) => records.user('extra').email,
  },
  '/users/new': { role: 'operator', path: () => '/users/new' },
  '/users/[id]': {
    role: 'viewer',
    path: (records) => `/users/${records.user('extra').id}`,
    shows: (records) => records.user('extra').email,
  },
  '/users/[id]/disable': {
    role: 'operator',
    path: (records) => `/users/${records.user('extra').id}/disable`,
    shows: (records) => records.user('extra').username,
  },
  '/users/[id]/delete': {
    role: 'operator',
    path: (records) => `/users/${records.user('extra').id}/delete`,
    shows: (records) => records.user('extra').username,
  },
  '/users/import': { role: 'operator', path: () => '/users/import' },
  '/users/import/[id]': {
    role: 'operator',
    path: (records) => `/users/import/${records.importId}`,
  },
  '/audit': { role: 'viewer', path: () => '/audit', shows: (_records, { names }) => names.admin },
  '/settings': {
    role: 'viewer',
    path: () => '/settings',
    shows: (_records, { names }) => names.viewer,
  },
  ...accountPageEntryPoints,
};

/**
 * A route handler: who may call it, and where. `nobody` if it is public or requires a service key. `service` if
 * no session opens it, whatever its role.
 */
export type RouteEntryPoint = { role: Caller | 'service'; paths: (records: Records) => string[] };

export const routeEntryPoints: Record<string, RouteEntryPoint> = {
  '/api/auth/callback/oidc': {
    role: 'nobody',
    paths: () =>
      [
        '',
        '?code=canary&state=canary',
        '?error=access_denied',
        '/',
        '?callbackUrl=//evil.example',
      ].map((query) => `/api/auth/callback/oidc${query}`),
  },
  '/api/v1/[[...path]]': {
    role: 'service',
    paths: (records) => [
      '/api/v1/keys',
      `/api/v1/keys/${records.key('switch')}`,
      `/api/v1/keys/${records.key('switch')}/deactivate`,
      '/api/v1/users',
      '/api/v1/audit',
      '/api/v1/leaks',
      '/api/v1',
      '/api/v1/nothing',
    ],
  },
  '/api/v1/openapi.json': { role: 'nobody', paths: () => ['/api/v1/openapi.json'] },
  '/api/v1/problems/[kind]': {
    role: 'nobody',
    paths: () => ['/api/v1/problems/stale', '/api/v1/problems/toString'],
  },
  '/api/v1/gate': { role: 'nobody', paths: () => ['/api/v1/gate'] },
  '/api/v1/introspect': { role: 'nobody', paths: () => ['/api/v1/introspect'] },
  '/api/v1/leaks/github': { role: 'nobody', paths: () => ['/api/v1/leaks/github'] },
  '/api/v1/revoke': { role: 'nobody', paths: () => ['/api/v1/revoke'] },
  '/api/v1/verify': { role: 'nobody', paths: () => ['/api/v1/verify'] },
  '/.well-known/oauth-authorization-server': {
    role: 'nobody',
    paths: () => ['/.well-known/oauth-authorization-server'],
  },
  '/healthz': { role: 'nobody', paths: () => ['/healthz'] },
  '/readyz': { role: 'nobody', paths: () => ['/readyz'] },
  // Answers only with a token, and only where ROLE is pages: tests/metrics tests both.
  '/metrics': { role: 'nobody', paths: () => ['/metrics'] },
  '/audit/export': { role: 'admin', paths: () => ['/audit/export'] },
  // No page of ours makes these requests, so every caller is refused. tests/keys tests who may.
  '/keys/export': { role: 'viewer', paths: () => ['/keys/export'] },
  '/users/export': { role: 'viewer', paths: () => ['/users/export'] },
  '/keys/scope-suggestions': { role: 'operator', paths: () => ['/keys/scope-suggestions?q='] },
  '/keys/import/file': { role: 'operator', paths: () => ['/keys/import/file'] },
  '/keys/import/[id]/progress': {
    role: 'operator',
    paths: (records) => [`/keys/import/${records.keyImportId}/progress`],
  },
  '/keys/[id]/impact': {
    role: 'viewer',
    paths: (records) => [`/keys/${records.key('extra')}/impact`],
  },
  '/users/suggestions': { role: 'viewer', paths: () => ['/users/suggestions?q=planted'] },
  '/users/import/[id]/progress': {
    role: 'operator',
    paths: (records) => [`/users/import/${records.importId}/progress`],
  },
};
