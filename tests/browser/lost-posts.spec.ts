import type { Page } from '@playwright/test';
import { actionDoors } from '../attack/helpers/doors';
import { codeNow } from './code-now';
import { admin, test as base, enter, expect, freshName, type SignedDesk, signIn } from './desk';
import { signedCookies } from './desk';
import { entriesOf, holdClock, losePost, type WayName, ways } from './lost-posts';
import { startDesk } from './start-desk';

/** A desk that may post to this machine, and would send mail. */
const test = base.extend<object, { desk: SignedDesk }>({
  desk: [
    async ({ browser }, use) => {
      const desk = await startDesk(admin, {
        settings: () => ({
          ...{ SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'desk@example.org' },
          WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8',
        }),
      });
      try {
        await use({ ...desk, cookies: await signedCookies(browser, desk) });
      } finally {
        await desk.stop();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const password = 'correct horse battery staple';
const another = 'quite another long password';

/** Somebody with a key, made for one test. */
type Given = { name: string; owner: string; key: string };
type Stage = { page: Page; desk: SignedDesk; given: Given };

/** A form: how one comes to it, what is typed, and what it has done once it was answered. */
type Form = {
  actions: string[];
  /** Where it is; a function where one has to do more to see it. */
  open: string | ((stage: Stage) => Promise<void>);
  type?: (stage: Stage) => Promise<void>;
  send: (stage: Stage) => Promise<void>;
  done: string | RegExp | ((stage: Stage) => Promise<void>);
  /** Its record was made or changed so often, as the audit says. */
  event?: [action: string, target?: string];
};

const press = (name: string | RegExp) => (stage: Stage) =>
  stage.page.getByRole('button', { name, exact: true }).click();
const fill =
  (...fields: [label: string, text: string | ((given: Given) => string)][]) =>
  async ({ page, given }: Stage) => {
    for (const [label, text] of fields) {
      const field = page.getByLabel(label, { exact: true });
      await field.fill(typeof text === 'string' ? text : text(given));
    }
  };
const go =
  (path: (given: Given) => string) =>
  async ({ page, desk, given }: Stage) => {
    await enter(page, desk, path(given));
  };
/** As a fresh administrator, for what ends or changes a session. */
async function goAs({ page, desk }: Stage, path: string) {
  const username = freshName('other');
  await desk.addUser(username, { role: 'admin', password });
  await signIn(page, path, { username, password });
  return username;
}
const csv = (text: string) => ({
  name: 'some.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});
const choose = (text: (given: Given) => string) => (stage: Stage) =>
  stage.page.getByLabel('CSV file').setInputFiles(csv(text(stage.given)));
const webhook = async (stage: Stage) => {
  const [made] = await stage.desk.query<{ id: string }>(
    `insert into webhook (id, url, secret, created_by) select gen_random_uuid(), $1, $2, id
     from directory_user where username = 'admin' returning id`,
    [`http://127.0.0.1:9/${stage.given.name}`, Buffer.alloc(60)],
  );
  return made?.id ?? '';
};

const forms: Record<string, Form> = {
  'Add New API Key': {
    actions: ['createKeyAction'],
    open: '/keys/new',
    type: async (stage) => {
      await fill(['User', ({ name }) => name], ['Name', 'for the reports'])(stage);
      await stage.page.getByText('More options').click();
      await fill(['Scopes', 'reports:read'], ['Rate limit', '50'])(stage);
      await stage.page.getByLabel('No', { exact: true }).check();
    },
    send: press('Save'),
    done: /^API key generated for/,
    event: ['key.create'],
  },
};

for (const [name, form] of Object.entries(forms)) {
  test(`${name}: nothing is lost on the way, and sent again it happens once`, async ({
    page,
    desk,
  }) => {
    const stage = { page, desk, given: await giveKey(desk) };
    await desk.query('update session set proved_at = now()');
    await holdClock(page);
    if (typeof form.open === 'string') await enter(page, desk, form.open);
    else await form.open(stage);
    await form.type?.(stage);
    const typed = await entriesOf(page);
    for (const way of Object.keys(ways) as WayName[]) {
      await losePost(page, way, () => form.send(stage));
      expect(await entriesOf(page), way).toEqual(typed);
    }
    await form.send(stage);
    if (typeof form.done === 'function') await form.done(stage);
    else await expect(page.getByText(form.done).first()).toBeVisible();
    await expect(page.getByText('Your entries are still here.')).toHaveCount(0);
    if (form.event) {
      const [action, target = `%${stage.given.name}%`] = form.event;
      const events = await desk.query(
        `select 1 from audit_event where action = $1 and target like $2 and outcome = 'success'`,
        [action, target],
      );
      expect(events).toHaveLength(1);
    }
  });
}

async function giveKey(desk: SignedDesk): Promise<Given> {
  const name = freshName('owner');
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
    [owner, Buffer.from(name)],
  );
  return { name, owner, key: key?.id ?? '' };
}
