import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type PlainBrowser, plainBrowser, switchOf } from '../helpers/plain-browser';
import { times } from '../helpers/times';
import { type App, admin, prepareApp } from './helpers/app';
import { auditGaps, query } from './helpers/checker';
import { openCluster } from './helpers/cluster';
import { type Cut, openCommitCutter } from './helpers/commit-cutter';

test.describe.configure({ timeout: times(1_800_000, 240_000) });

type Cluster = Awaited<ReturnType<typeof openCluster>>;
let cluster: Cluster;
let cutter: Awaited<ReturnType<typeof openCommitCutter>>;
let app: App;
let browser: PlainBrowser;

test.beforeAll(async () => {
  cluster = await openCluster();
  cutter = await openCommitCutter(cluster.url);
  app = await prepareApp(cutter.url, join(cluster.folder, 'keydesk.log'));
  await app.start();
  browser = plainBrowser(app.url);
  await browser.signIn(admin.username, admin.password);
  await query(
    cluster.url,
    `insert into directory_user (id, username) values (gen_random_uuid(), 'owner')`,
  );
});

test.afterAll(async () => {
  await app?.kill();
  cutter?.close();
  await cluster?.remove();
});

const count = async (text: string) =>
  Number((await query<{ n: string }>(cluster.url, `select count(*) as n ${text}`))[0]?.n);

/** Sends the form, loses the answer, and sends the same form again, like an impatient person. */
async function sendTwice(page: string, fields: Record<string, string>, where: Cut) {
  const before = cutter.cuts();
  cutter.arm(where);
  const lost = await browser.post(page, fields);
  expect(cutter.cuts()).toBe(before + 1);
  expect(lost.status).toBe(500);
  return browser.post(page, fields);
}

for (const where of ['before', 'after'] as const) {
  test(`the connection is cut ${where} PostgreSQL has committed: each change happens once`, async () => {
    for (let round = 0; round < times(50, 3); round++) {
      const made = await count('from api_key');
      const form = await browser.findForm('/keys/new', ['requestId', 'user']);
      const fields: Record<string, string> = { ...form.fields, user: 'owner', active: 'yes' };
      const again = await sendTwice('/keys/new', fields, where);
      expect(await count('from api_key')).toBe(made + 1);
      // Either the new key, or the message that it was made before.
      const expected =
        where === 'before' ? /kd_[0-9A-Za-z]{49}/ : /was sent before, and its key was/;
      expect(again.text).toMatch(expected);
      await changeTwice(where, fields.requestId);
    }
    expect(await auditGaps(cluster.url)).toEqual([]);
  });
}

test('control: sent again with another request id, the form makes a second key', async () => {
  const made = await count('from api_key');
  const { fields } = await browser.findForm('/keys/new', ['requestId', 'user']);
  cutter.arm('after');
  await browser.post('/keys/new', { ...fields, user: 'owner', active: 'yes' });
  const other = { ...fields, requestId: randomUUID(), user: 'owner', active: 'yes' };
  await browser.post('/keys/new', other);
  expect(await count('from api_key')).toBe(made + 2);
});

/** Regenerates, switches and deletes the same key, and loses the answer to each once. */
async function changeTwice(where: Cut, requestId = '') {
  const [key] = await query<{ id: string }>(
    cluster.url,
    'select id from api_key where request_id = $1',
    [requestId],
  );
  const id = key?.id ?? '';
  const page = `/keys/${id}/regenerate`;
  const { fields } = await browser.findForm(page, ['id', 'version']);
  const regenerated = await sendTwice(page, fields, where);
  const news = where === 'before' ? /kd_[0-9A-Za-z]{49}/ : /changed this key meanwhile/;
  expect(regenerated.text).toMatch(news);
  expect(await count(`from api_key where id = '${id}' and secret_version = 2`)).toBe(1);
  const list = await browser.get('/keys?username=owner');
  const switched = await sendTwice('/keys?username=owner', switchOf(list, id), where);
  expect(switched.text).toContain('was switched off');
  expect(await count(`from api_key where id = '${id}' and not active`)).toBe(1);
  const last = await browser.findForm(`/keys/${id}/delete`, ['id', 'back']);
  const deleted = await sendTwice(`/keys/${id}/delete`, last.fields, where);
  if (where === 'before') expect(deleted.status).toBe(303);
  else expect(deleted.text).toContain('already been deleted');
  expect(await count(`from api_key where id = '${id}' and deleted_at is not null`)).toBe(1);
}
