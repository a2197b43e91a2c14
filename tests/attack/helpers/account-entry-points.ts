import { randomUUID } from 'node:crypto';
import type { ActionEntryPoint, PageEntryPoint } from './entry-points';
import { type Caller, password, type Records } from './planted';

const inTest = (word: string) => ({ file: 'tests/auth/own-account.test.ts', word });
const administrator = (records: Records) => `/settings/administrators/${records.user('extra').id}`;

/** An action on one's own account, or of an admin, with a call that would change something. */
function account(name: string, role: Caller, page: string, fields: Record<string, string>) {
  const entry: ActionEntryPoint = {
    role,
    page: (records) => page.replace('[id]', records.user('extra').id),
    fields: (records) => ('id' in fields ? { ...fields, id: records.user('extra').id } : fields),
    shownIn: inTest(name),
  };
  return [name, entry] as const;
}

/** An action of the notices. All of them require re-authentication. */
function notices(name: string, fields: Record<string, string>) {
  const entry: ActionEntryPoint = {
    role: 'admin',
    page: () => '/settings/notices',
    fields: () => fields,
    shownIn: { file: 'tests/notices/actions.test.ts', word: name },
  };
  return [name, entry] as const;
}

const next = 'another long password of planted people';
const factor = '/settings/second-factor';
const other = '/settings/administrators/[id]';

export const accountActionEntryPoints: Record<string, ActionEntryPoint> = {
  ...Object.fromEntries([
    account('changePasswordAction', 'viewer', '/settings/password', {
      ...{ currentPassword: password, newPassword: next, repeatedPassword: next },
    }),
    account('proveAction', 'viewer', '/settings/prove', { password }),
    account('endSessionAction', 'viewer', '/settings/sessions', { session: randomUUID() }),
    account('signOutEverywhereAction', 'viewer', '/settings/sessions', {}),
    account('beginSetUpAction', 'viewer', factor, {}),
    account('confirmSetUpAction', 'viewer', factor, { code: '123456' }),
    account('makeRecoveryCodesAction', 'viewer', factor, {}),
    account('removeSecondFactorAction', 'viewer', factor, { password }),
    account('addAdministratorAction', 'admin', '/settings/administrators/new', {
      ...{ username: `new-${randomUUID()}`, role: 'admin' },
    }),
    account('changeRoleAction', 'admin', other, { id: '', role: 'admin' }),
    account('setActiveAction', 'admin', other, { id: '', active: 'no' }),
    account('handOutPasswordAction', 'admin', other, { id: '' }),
  ]),
  ...Object.fromEntries([
    notices('addWebhookAction', {
      ...{ id: randomUUID(), url: 'https://8.8.8.8/', types: 'key.expiring' },
    }),
    notices('chooseTypesAction', { id: randomUUID(), types: '*' }),
    notices('switchWebhookAction', { id: randomUUID(), active: 'no' }),
    notices('renewWebhookSecretAction', { id: randomUUID() }),
    notices('deleteWebhookAction', { id: randomUUID() }),
    notices('testWebhookAction', { id: randomUUID() }),
    notices('setRecipientsAction', { recipients: 'evil@example.org' }),
    notices('testMailAction', {}),
  ]),
  revealKeyAction: {
    role: 'admin',
    page: (records) => `/keys/${records.key('extra')}/reveal`,
    fields: (records) => ({
      ...{ id: records.key('extra'), requestId: randomUUID(), reason: 'curious' },
    }),
    shownIn: { file: 'tests/reveal/reveal.test.ts', word: 'revealKeyAction' },
  },
  proveAtProviderAction: {
    role: 'viewer',
    page: () => '/settings/prove',
    fields: () => ({ next: '/settings' }),
    shownIn: { file: 'tests/browser/oidc.spec.ts', word: 'Confirm with' },
  },
  providerSignInAction: {
    role: 'nobody',
    page: () => '/login',
    fields: () => ({ next: '/keys' }),
    shownIn: { file: 'tests/browser/oidc.spec.ts', word: 'lets a mapped admin in' },
  },
  signInCodeAction: {
    role: 'nobody',
    page: () => '/login/code',
    fields: () => ({ code: '123456' }),
    shownIn: { file: 'tests/browser/accounts.spec.ts', word: 'Code' },
  },
};

const journeys = 'tests/browser/accounts.spec.ts';
const noticeJourney = 'tests/browser/notices.spec.ts';

export const accountPageEntryPoints: Record<string, PageEntryPoint> = {
  '/keys/[id]/reveal': {
    role: 'admin',
    path: (records) => `/keys/${records.key('extra')}/reveal`,
    shownIn: 'tests/browser/reveal.spec.ts',
  },
  '/login/code': { role: 'nobody', path: () => '/login/code' },
  '/settings/security': { role: 'viewer', path: () => '/settings/security' },
  '/settings/sessions': { role: 'viewer', path: () => '/settings/sessions' },
  '/settings/administrators': {
    role: 'viewer',
    path: () => '/settings/administrators',
    shows: (_records, { names }) => names.admin,
  },
  '/settings/administrators/[id]': { role: 'admin', path: administrator, shownIn: journeys },
  '/settings/administrators/new': {
    role: 'admin',
    path: () => '/settings/administrators/new',
    shownIn: journeys,
  },
  '/settings/notices': { role: 'admin', path: () => '/settings/notices', shownIn: noticeJourney },
  '/settings/notices/[id]': {
    role: 'admin',
    path: (records) => `/settings/notices/${records.user('extra').id}`,
    shownIn: noticeJourney,
  },
  '/settings/notices/[id]/delete': {
    role: 'admin',
    path: (records) => `/settings/notices/${records.user('extra').id}/delete`,
    shownIn: noticeJourney,
  },
  '/settings/password': { role: 'viewer', path: () => '/settings/password' },
  '/settings/prove': { role: 'viewer', path: () => '/settings/prove', shownIn: journeys },
  '/settings/second-factor': { role: 'viewer', path: () => factor, shownIn: journeys },
};
