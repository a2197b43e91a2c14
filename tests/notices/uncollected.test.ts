import { pagePool } from '@/db/client';
import { deleteKey } from '@/lib/keys/change-key';
import { endHandOver } from '@/lib/keys/hand-over/end-hand-overs';
import { expireHandOvers } from '@/lib/keys/hand-over/expire-hand-overs';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { tellOfUncollected } from '@/lib/notices/find-uncollected';
import { findKeyList } from '@/lib/overview/key-lists';
import { doChores } from '@/lib/server/housekeeping';
import { collect, letExpire, replacementFor, waitingKey } from '../hand-over/helpers';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { header, mails, startServer, stopServers, textOf } from './mail-server';

useTestDatabase();
const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
beforeEach(async () => {
  const port = await startServer();
  useSettings({ SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'Keydesk <desk@example.org>' });
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
  await sql(`update directory_user set email = 'otto@example.org' where username = 'otto'`);
  await sql(`insert into notice_recipients (addresses) values ('{team@example.org}')`);
});
afterEach(stopServers);
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

/** What every minute brings, on two instances. */
async function minute(): Promise<string[]> {
  const run = () => doChores({ expireHandOvers, tellOfUncollected });
  await Promise.all([run(), run()]);
  await deliverDue();
  const arrived = mails.splice(0);
  last = textOf(arrived[0]);
  return arrived.map((mail) => `${mail.to} ${header(mail, 'Subject')}`).sort();
}
let last = '';

it('the administrators and whoever made the link are told once', async () => {
  const { id } = await makeKey(otto, 'grace', { name: 'old' });
  for (const link of [await waitingKey({}, { name: 'new' }), await replacementFor(id)]) {
    await letExpire(link.id);
  }
  expect(await minute()).toEqual([
    'otto@example.org Keydesk: Nobody collected 2 API keys',
    'team@example.org Keydesk: Nobody collected 2 API keys',
  ]);
  expect(last).toMatch(/grace · new · kd_\S+\s+the link ended .* UTC: the key stays switched off/);
  expect(last).toMatch(
    /grace · old · kd_\S+\s+the link ended .* UTC: the key keeps its old secret/,
  );
  expect(last).not.toContain('/collect/');
  expect(await minute()).toEqual([]);
});

it('so they are where wrong codes ended it, and the overview lists the key', async () => {
  const link = await waitingKey({ withCode: true });
  const wrong = link.code === '000000' ? '111111' : '000000';
  for (let tries = 0; tries < 5; tries++) await collect(link, wrong);
  expect(await minute()).toHaveLength(2);
  expect(last).toContain('five wrong codes ended the link');
  const listed = await findKeyList(vera, 'uncollected');
  expect(listed?.rows.map(({ id }) => id)).toEqual([link.key]);
});

it('a webhook hears it with the fields that the manual names', async () => {
  await sql(`insert into webhook (id, url, sealed_secret, types)
    values (gen_random_uuid(), 'https://example.org', decode(repeat('00', 60), 'hex'), '{key.uncollected}')`);
  const link = await waitingKey();
  await letExpire(link.id);
  await doChores({ expireHandOvers, tellOfUncollected });
  const { rows } = await sql(`select m.body from notice_message m
    join notice_delivery d on d.message_id = m.id where d.webhook_id is not null`);
  expect(rows.map(({ body }) => JSON.parse(body).data.keys)).toEqual([
    [
      {
        ...{ id: link.key, name: '', username: 'grace', hint: expect.stringMatching(/^kd_/) },
        ...{ reason: 'expired', result: 'switched_off', endedAt: expect.stringMatching(/Z$/) },
        link: `http://localhost:3000/keys/${link.key}`,
      },
    ],
  ]);
});

it('whoever is a recipient already, or has left, gets no mail of their own', async () => {
  await sql(`update notice_recipients set addresses = '{Otto@example.org}'`);
  await letExpire((await waitingKey()).id);
  expect(await minute()).toEqual(['Otto@example.org Keydesk: Nobody collected 1 API key']);
  await sql(`update notice_recipients set addresses = '{team@example.org}'`);
  await letExpire((await waitingKey()).id);
  await sql(`update directory_user set active = false where username = 'otto'`);
  expect(await minute()).toEqual(['team@example.org Keydesk: Nobody collected 1 API key']);
});

it('nobody is told of what was collected, ended, deleted or is long ago', async () => {
  const [collected, ended, deleted, old] = [
    ...[await waitingKey(), await waitingKey(), await waitingKey(), await waitingKey()],
  ] as const;
  await collect(collected);
  await endHandOver(otto, ended.key);
  await letExpire(deleted.id);
  await deleteKey(otto, deleted.key);
  await letExpire(old.id);
  await doChores({ expireHandOvers });
  await sql(`update hand_over set closed_at = now() - interval '25 hours' where id = $1`, [old.id]);
  expect(await minute()).toEqual([]);
});

it('the owner hears that their link has ended', async () => {
  await sql(`update directory_user set email = 'grace@example.org' where username = 'grace'`);
  await sql(
    `insert into owner_notice_position (seq) select coalesce(max(seq), 0) from audit_event`,
  );
  await sql(`insert into key_policy (tell_owners) values (true)
    on conflict (id) do update set tell_owners = true`);
  await letExpire((await waitingKey({}, { name: 'new' })).id);
  await minute();
  await deliverDue();
  mails.splice(0);
  await letExpire((await waitingKey({}, { name: 'late' })).id);
  const arrived = await minute();
  expect(arrived).toContain('grace@example.org Keydesk: Link to 1 API key of yours has ended');
});
