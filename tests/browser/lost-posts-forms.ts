import type { Page } from '@playwright/test';
import { codeNow } from './code-now';
import { admin, enter, expect, freshName, type SignedDesk, signIn } from './desk';
import type { Planted } from './planted-key';

const password = 'correct horse battery staple';
const another = 'quite another long password';

type Stage = { page: Page; desk: SignedDesk; given: Planted };

/** A form: how to open it, what to type, and what is visible after the answer. */
type Form = {
  actions: string[];
  open: (stage: Stage) => Promise<void> | void;
  type?: (stage: Stage) => Promise<void>;
  send: (stage: Stage) => Promise<void>;
  done: (stage: Stage) => Promise<void>;
  /** The audit event that must exist once, with the owner's name in its target. */
  event?: string;
};

const press = (name: string | RegExp) => (stage: Stage) =>
  stage.page.getByRole('button', { name, exact: true }).click();
const fill =
  (...fields: [label: string, text: string | ((given: Planted) => string)][]) =>
  async ({ page, given }: Stage) => {
    for (const [label, text] of fields) {
      const field = page.getByLabel(label, { exact: true });
      await field.fill(typeof text === 'string' ? text : text(given));
    }
  };
const go =
  (path: (given: Planted) => string) =>
  async ({ page, desk, given }: Stage) => {
    await enter(page, desk, path(given));
  };
/** Opens a page as a new administrator, for actions that end or change a session. */
async function goAs({ page, desk }: Stage, path: string) {
  const username = freshName('other');
  await desk.addUser(username, { role: 'admin', password });
  await signIn(page, path, { username, password });
  return username;
}
/** Another administrator, whose name begins with that of the owner. */
async function goToAdministrator(stage: Stage) {
  const { desk, given } = stage;
  const id = await desk.addUser(`${given.name}-boss`, { role: 'operator', password });
  await enter(stage.page, desk, `/settings/administrators/${id}`);
}
const csv = (text: string) => ({
  name: 'some.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});
const choose = (text: (given: Planted) => string) => (stage: Stage) =>
  stage.page.getByLabel('CSV file').setInputFiles(csv(text(stage.given)));
/** Adds a webhook and opens its page. */
async function goToWebhook(stage: Stage, below = '') {
  const [made] = await stage.desk.query<{ id: string }>(
    `insert into webhook (id, url, sealed_secret) values (gen_random_uuid(), $1, $2) returning id`,
    [`http://127.0.0.1:9/${stage.given.name}`, Buffer.alloc(60)],
  );
  await enter(stage.page, stage.desk, `/settings/notices/${made?.id}${below}`);
}
const sees = (text: string | RegExp) => (stage: Stage) =>
  expect(stage.page.getByText(text).first()).toBeVisible();
const startedBulk = async (stage: Stage) => {
  await enter(stage.page, stage.desk, `/keys?username=${stage.given.name}`);
  await stage.page
    .getByRole('checkbox', { name: /^Select kd_/ })
    .first()
    .check();
};
const letOwnersIn = ({ desk }: Stage) =>
  desk.query(`insert into key_policy (own_keys) values ('regenerate')
    on conflict (id) do update set own_keys = 'regenerate'`);
/** The key, as one of the administrator's own. */
const goToOwnKey = (below: string) => async (stage: Stage) => {
  const { desk, given } = stage;
  await letOwnersIn(stage);
  const give = `update api_key set owner_id = (select id from directory_user where username = $2)
    where id = $1`;
  await desk.query(give, [given.key, admin.username]);
  await enter(stage.page, desk, `/me/${given.key}${below}`);
};
/** The second factor of a new administrator, with the page that shows it. */
async function setUp(stage: Stage) {
  const { page } = stage;
  await goAs(stage, '/settings/second-factor');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByText('Enter the key manually').click();
  return page.getByTestId('totp-secret').innerText();
}
async function haveFactor(stage: Stage) {
  const secret = await setUp(stage);
  await stage.page.getByLabel('Code', { exact: true }).fill(codeNow(secret));
  await press('Confirm')(stage);
  await stage.page.getByRole('button', { name: 'I have saved them' }).click();
  await stage.page.getByRole('link', { name: 'Manage second factor' }).click();
  await expect(stage.page.getByRole('button', { name: 'Make new recovery codes' })).toBeVisible();
  return secret;
}

const turnOnIdleRule = ({ desk }: Stage) =>
  desk.query(`insert into key_policy (idle_days, idle_since) values (90, now())
    on conflict (id) do update set idle_days = 90, idle_since = now()`);

export const forms: Record<string, Form> = {
  'Add New API Key': {
    actions: ['createKeyAction'],
    open: go(() => '/keys/new'),
    type: async (stage) => {
      await fill(['User', ({ name }) => name], ['Name', 'for the reports'])(stage);
      await stage.page.getByText('More options').click();
      await fill(['Scopes', 'reports:read'], ['Rate limit', '50'])(stage);
      await stage.page.getByLabel('No', { exact: true }).check();
    },
    send: press('Save'),
    done: sees(/^API key generated for/),
    event: 'key.create',
  },
  'Add service key': {
    actions: ['addServiceKeyAction'],
    open: go(() => '/settings/service-keys'),
    type: fill(['Owner', ({ name }) => name], ['Name', 'for the gateway']),
    send: press('Add service key'),
    done: sees(/^API key generated for/),
    event: 'key.create',
  },
  'the settings of a key': {
    actions: ['changeKeyAction'],
    open: go(({ key }) => `/keys/${key}?tab=settings`),
    type: fill(['Name', 'renamed'], ['Metadata', '{"plan": "gold"}']),
    send: press('Save'),
    done: sees('Saved.'),
    event: 'key.update',
  },
  'the switch in the report': {
    actions: ['switchKeyAction'],
    open: go(({ name }) => `/keys?username=${name}`),
    send: ({ page }) => page.getByRole('switch').click(),
    done: sees(/was switched off/),
    event: 'key.deactivate',
  },
  'Edit in its dialog': {
    actions: ['regenerateKeyAction'],
    open: async (stage) => {
      await go(({ name }) => `/keys?username=${name}`)(stage);
      await press('Edit')(stage);
    },
    type: async ({ page }) => {
      await page.getByLabel('Old key stops working').selectOption('In 7 days');
    },
    send: press('OK'),
    done: sees(/^New API key generated/),
    event: 'key.regenerate',
  },
  'Stop the old key now': {
    actions: ['stopOldKeyAction'],
    open: async (stage) => {
      await stage.desk.query(
        `insert into former_secret (mac, key_id, pepper, version, stops_at)
         values (sha256($1), $2, 1, 1, now() + interval '1 day')`,
        [Buffer.from(`old ${stage.given.name}`), stage.given.key],
      );
      await stage.desk.query('update api_key set secret_version = 2 where id = $1', [
        stage.given.key,
      ]);
      await go(({ key }) => `/keys/${key}`)(stage);
    },
    send: press('Stop the old key now'),
    done: sees('The old secret no longer works.'),
    event: 'key.stop-old',
  },
  'Delete of a key in use': {
    actions: ['deleteKeyAction'],
    open: async (stage) => {
      const used = 'update key_last_use set used_at = now() where key_id = $1';
      await stage.desk.query(used, [stage.given.key]);
      await go(({ key }) => `/keys/${key}/delete`)(stage);
    },
    type: ({ page, given }) => page.getByLabel(`Type ${given.name} to confirm`).fill(given.name),
    send: press('OK'),
    done: sees(/was deleted\. Its secret/),
    event: 'key.delete',
  },
  'Switch off of a key in use': {
    actions: [],
    open: go(({ key }) => `/keys/${key}/deactivate`),
    send: press('OK'),
    done: sees(/was switched off/),
    event: 'key.deactivate',
  },
  Restore: {
    actions: ['restoreKeyAction'],
    open: async (stage) => {
      const gone = 'update api_key set deleted_at = now() where id = $1';
      await stage.desk.query(gone, [stage.given.key]);
      await go(() => '/keys/deleted')(stage);
    },
    send: ({ page, given }) =>
      page
        .getByRole('row')
        .filter({ hasText: given.name })
        .getByRole('button', { name: 'Restore' })
        .click(),
    done: sees(/^API key of/),
    event: 'key.restore',
  },
  'a bulk change': {
    actions: ['startBulkAction'],
    open: startedBulk,
    send: press('Switch off'),
    done: sees('Switch off 1 API key?'),
  },
  'a step of a bulk change': {
    actions: ['stepBulkAction'],
    open: async (stage) => {
      await startedBulk(stage);
      await press('Switch off')(stage);
      await sees('Switch off 1 API key?')(stage);
    },
    send: press('OK'),
    done: sees('1 API key switched off.'),
    event: 'key.deactivate',
  },
  'Switch off all': {
    actions: ['startListBulkAction'],
    open: async (stage) => {
      const left = 'update directory_user set active = false where id = $1';
      await stage.desk.query(left, [stage.given.owner]);
      await go(() => '/overview')(stage);
    },
    send: ({ page }) =>
      page
        .getByRole('button', { name: /^Switch off (all|the key)/ })
        .first()
        .click(),
    done: sees(/^Switch off .* API keys?\?/),
  },
  Identify: {
    actions: ['identifyKeyAction'],
    open: async (stage) => {
      await go(() => '/keys')(stage);
      await stage.page.getByRole('button', { name: 'Identify a key' }).click();
    },
    type: fill(['Paste the whole key', 'some key that was found somewhere']),
    send: press('Identify'),
    done: sees('Keydesk has never seen this key.'),
  },
  Reveal: {
    actions: ['revealKeyAction'],
    open: async (stage) => {
      await go(() => '/keys/new')(stage);
      await fill(['User', ({ name }) => name])(stage);
      await stage.page.getByText('More options').click();
      await stage.page.getByLabel('Revealable').check();
      await press('Save')(stage);
      await press('I have copied it')(stage);
      await sees(/^API keys$/)(stage);
      await go(({ name }) => `/keys?username=${name}`)(stage);
      await press('Reveal')(stage);
    },
    type: fill(['Reason', 'the job lost it']),
    send: press('Reveal'),
    done: ({ page }) => expect(page.getByTestId('secret')).toBeVisible(),
    event: 'key.reveal',
  },
  'a file of keys': {
    actions: ['checkKeyImportAction'],
    open: go(() => '/keys/import'),
    type: choose(({ name }) => `username,secret\n${name},the-key-of-${name}\n`),
    send: press('Check'),
    done: sees('1 key for 1 user: 1 active. Nothing imported yet.'),
  },
  'an import of keys': {
    actions: ['importKeysAction'],
    open: async (stage) => {
      await go(() => '/keys/import')(stage);
      await choose(({ name }) => `username,secret\n${name},the-key-of-${name}\n`)(stage);
      await press('Check')(stage);
      await sees('1 key for 1 user: 1 active. Nothing imported yet.')(stage);
    },
    send: press('Import 1 key'),
    done: sees('1 key was imported. Callers can use it now.'),
  },
  'a file of users': {
    actions: ['checkImportAction'],
    open: go(() => '/users/import'),
    type: choose(({ name }) => `username\nnew-${name}\n`),
    send: press('Check'),
    done: ({ page }) => expect(page.getByRole('button', { name: 'Import 1 user' })).toBeVisible(),
  },
  'an import of users': {
    actions: ['importUsersAction'],
    open: async (stage) => {
      await go(() => '/users/import')(stage);
      await choose(({ name }) => `username\nnew-${name}\n`)(stage);
      await press('Check')(stage);
      await sees('Import 1 user')(stage);
    },
    send: press('Import 1 user'),
    done: sees(/1 user was added/),
  },
  'Add User': {
    actions: ['createUserAction'],
    open: go(() => '/users/new'),
    type: fill(['Username', ({ name }) => `new-${name}`], ['Email', 'new@example.org']),
    send: press('Save'),
    done: sees(/was added/),
    event: 'user.create',
  },
  'the facts of a user': {
    actions: ['changeUserAction'],
    open: go(({ owner }) => `/users/${owner}`),
    type: fill(['Display name', 'Grace Hopper']),
    send: press('Save'),
    done: sees('Saved.'),
    event: 'user.update',
  },
  'Disable user': {
    actions: ['disableUserAction'],
    open: go(({ owner }) => `/users/${owner}/disable`),
    type: async ({ page }) => {
      await page.getByRole('radio').first().check();
      await page.getByLabel('New owner', { exact: true }).fill('somebody');
    },
    send: press('OK'),
    done: sees(/is disabled\./),
    event: 'user.disable',
  },
  'Delete of a user': {
    actions: ['deleteUserAction'],
    open: go(({ owner }) => `/users/${owner}/delete`),
    type: ({ page }) => page.getByLabel('Also delete their 1 key').check(),
    send: press('OK'),
    done: sees(/was deleted/),
    event: 'user.delete',
  },
  Policies: {
    actions: ['setKeyPolicyAction'],
    open: go(() => '/settings/policies'),
    type: fill(['Keys per user', '5000'], ['Maximum lifetime (days)', '3000']),
    send: press('Save'),
    done: sees('Saved.'),
  },
  'My keys': {
    actions: ['setOwnKeyRuleAction'],
    open: go(() => '/settings/policies'),
    type: async ({ page }) => {
      await page.getByLabel('People may').selectOption('See their keys and switch them off');
    },
    send: press('Save My keys'),
    done: sees('Saved.'),
  },
  'Regenerate under My keys': {
    actions: ['regenerateOwnKeyAction'],
    open: goToOwnKey('/regenerate'),
    type: async ({ page }) => {
      await page.getByLabel('Old key stops working').selectOption('In 7 days');
    },
    send: press('OK'),
    done: sees(/^Your new key/),
  },
  'Switch off under My keys': {
    actions: ['switchOffOwnKeyAction'],
    open: goToOwnKey('/deactivate'),
    send: press('OK'),
    done: sees('This key is switched off.'),
  },
  'Sign out of My keys': {
    actions: ['signOutOfMyKeysAction'],
    open: async (stage) => {
      await goAs(stage, '/keys');
      await letOwnersIn(stage);
      await stage.page.goto('/me');
    },
    send: press('Sign out'),
    done: ({ page }) => expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible(),
  },
  'the rule for unused keys': {
    actions: ['turnOnIdleRuleAction'],
    open: async (stage) => {
      await stage.desk.query('update key_policy set idle_days = null, idle_since = null');
      await go(() => '/settings/policies/unused?days=90')(stage);
    },
    send: press('Turn on'),
    done: sees('The rule is on.'),
  },
  'the rule for unused keys, to be turned off': {
    actions: ['turnOffIdleRuleAction'],
    open: async (stage) => {
      await turnOnIdleRule(stage);
      await go(() => '/settings/policies/unused')(stage);
    },
    send: press('Turn off'),
    done: sees('The rule is off. No key is switched off any more.'),
  },
  'unused keys that the rule asks about': {
    actions: ['allowIdleRunAction'],
    open: async (stage) => {
      await turnOnIdleRule(stage);
      await stage.desk.query('delete from idle_run');
      await stage.desk.query(`insert into idle_run (id, day, due, active, allowed, held) values
        (gen_random_uuid(), (now() - interval '1 hour')::date, 30, 100, 10, true)`);
      await go(() => '/settings/policies/unused')(stage);
    },
    send: press('Switch off these 30 keys'),
    done: sees('The keys are being switched off, about a thousand a minute.'),
  },
  'ends of existing keys': {
    actions: ['shortenLifetimesAction'],
    open: async (stage) => {
      await stage.desk.query('delete from lifetime_run');
      await stage.desk.query(`insert into key_policy (longest_lifetime) values (90)
        on conflict (id) do update set longest_lifetime = 90, default_lifetime = null`);
      const until = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
      await go(() => `/settings/policies/lifetime?until=${until}`)(stage);
    },
    send: press(/^Give .* an end$/),
    done: sees(/got (their new|another) end\./),
  },
  'Add Administrator': {
    actions: ['addAdministratorAction'],
    open: go(() => '/settings/administrators/new'),
    type: async (stage) => {
      await fill(['Username', ({ name }) => `new-${name}`])(stage);
      await stage.page.getByLabel('Role').selectOption('operator');
    },
    send: press('Save'),
    done: sees(/can sign in\./),
    event: 'administrator.create',
  },
  'the role of an administrator': {
    actions: ['changeRoleAction'],
    open: goToAdministrator,
    type: async ({ page }) => {
      await page.getByLabel('Role').selectOption('admin');
    },
    send: press('Change role'),
    done: sees(/role/),
    event: 'administrator.change-role',
  },
  'Reset password': {
    actions: ['handOutPasswordAction'],
    open: goToAdministrator,
    send: press('Reset password'),
    done: sees(/has a new password/),
    event: 'administrator.reset-password',
  },
  'Disable of an administrator': {
    actions: ['setActiveAction'],
    open: goToAdministrator,
    send: press('Disable'),
    done: sees('The administrator was disabled'),
    event: 'user.disable',
  },
  'Add webhook': {
    actions: ['addWebhookAction'],
    open: go(() => '/settings/notices'),
    type: fill(['URL', ({ name }) => `http://127.0.0.1:9/${name}`]),
    send: press('Add webhook'),
    done: sees('The webhook was added and is on.'),
  },
  'a test of a webhook': {
    actions: ['testWebhookAction'],
    open: goToWebhook,
    send: press('Send a test'),
    done: ({ page }) => expect(page.getByRole('main').getByText(/test/i).first()).toBeVisible(),
  },
  'the switch of a webhook': {
    actions: ['switchWebhookAction'],
    open: goToWebhook,
    send: press('Switch off'),
    done: sees('The webhook is off.'),
  },
  'the types of a webhook': {
    actions: ['chooseTypesAction'],
    open: goToWebhook,
    type: ({ page }) => page.getByLabel('Key created').check(),
    send: press('Save'),
    done: sees('Saved. The webhook receives these types from now on.'),
  },
  'New secret': {
    actions: ['renewWebhookSecretAction'],
    open: goToWebhook,
    send: press('New secret'),
    done: sees('This is the new signing secret.'),
  },
  'Delete of a webhook': {
    actions: ['deleteWebhookAction'],
    open: (stage) => goToWebhook(stage, '/delete'),
    send: press('OK'),
    done: sees(/was deleted/),
  },
  'the recipients of mail': {
    actions: ['setRecipientsAction'],
    open: go(() => '/settings/notices'),
    type: fill(['Recipients', ({ name }) => `${name}@example.org`]),
    send: press('Save'),
    done: sees(/^(Saved|.* get)/),
  },
  'a test mail': {
    actions: ['testMailAction'],
    open: async (stage) => {
      await go(() => '/settings/notices')(stage);
      await fill(['Recipients', ({ name }) => `${name}@example.org`])(stage);
      await press('Save')(stage);
    },
    send: press('Send a test mail'),
    done: sees('The test mail was sent.'),
  },
  'Change password': {
    actions: ['changePasswordAction'],
    open: async (stage) => {
      await goAs(stage, '/settings/password');
    },
    type: fill(
      ['Current password', password],
      ['New password', another],
      ['Repeat new password', another],
    ),
    send: press('Change password'),
    done: sees('Your password was changed.'),
  },
  'the beginning of a second factor': {
    actions: ['beginSetUpAction'],
    open: async (stage) => {
      await goAs(stage, '/settings/second-factor');
    },
    send: press('Set up'),
    done: sees('Scan this with your authenticator app'),
  },
  'the end of its set-up': {
    actions: ['confirmSetUpAction'],
    open: async (stage) => {
      const secret = await setUp(stage);
      await stage.page.getByLabel('Code', { exact: true }).fill(codeNow(secret));
    },
    send: press('Confirm'),
    done: sees('Two-factor authentication is on.'),
  },
  'new recovery codes': {
    actions: ['makeRecoveryCodesAction'],
    open: async (stage) => {
      await haveFactor(stage);
    },
    send: press('Make new recovery codes'),
    done: sees('These are your new recovery codes.'),
  },
  'the removal of a second factor': {
    actions: ['removeSecondFactorAction'],
    open: async (stage) => {
      await haveFactor(stage);
    },
    type: fill(['Password', password]),
    send: press('Remove'),
    done: sees(/removed/),
  },
  'Confirm it is you': {
    actions: ['proveAction'],
    open: async (stage) => {
      await goAs(stage, '/settings/prove');
    },
    type: fill(['Password', password]),
    send: press('Continue'),
    done: sees('Signed in as'),
  },
  'the end of another session': {
    actions: ['endSessionAction'],
    open: async (stage) => {
      const username = await goAs(stage, '/settings/sessions');
      await stage.desk.query(
        `insert into session (id_hash, user_id, address)
         select sha256($1), id, '192.0.2.9' from directory_user where username = $2`,
        [Buffer.from(username), username],
      );
      await stage.page.reload();
    },
    send: press('End'),
    done: sees('The session from 192.0.2.9 was ended.'),
  },
  'Sign out everywhere': {
    actions: ['signOutEverywhereAction'],
    open: async (stage) => {
      await goAs(stage, '/settings/sessions');
    },
    send: press('Sign out everywhere'),
    done: ({ page }) => expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible(),
  },
  'Sign out': {
    actions: ['signOutAction'],
    open: async (stage) => {
      await goAs(stage, '/keys');
    },
    send: press('Sign out'),
    done: ({ page }) => expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible(),
  },
  'Sign in': {
    actions: ['signInAction'],
    open: ({ page }) => void page.goto('/login'),
    type: fill(['Username', admin.username], ['Password', admin.password]),
    send: press('Sign in'),
    done: ({ page }) => expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible(),
  },
  'the code at sign-in': {
    actions: ['signInCodeAction'],
    open: async (stage) => {
      const { page } = stage;
      const secret = await haveFactor(stage);
      const username = (await page.locator('header span[title]').innerText()).trim();
      await press('Sign out')(stage);
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Password').fill(password);
      await press('Sign in')(stage);
      await page.getByLabel('Code', { exact: true }).fill(codeNow(secret, 1));
    },
    send: press('Sign in'),
    done: ({ page }) => expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible(),
  },
};
