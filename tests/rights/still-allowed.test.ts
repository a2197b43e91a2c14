import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { POST as exportAudit } from '@/app/(desk)/audit/export/route';
import { POST as upload } from '@/app/(desk)/keys/import/file/route';
import { createKeyAction } from '@/app/(desk)/keys/new/actions';
import { pagePool } from '@/db/client';
import { setAdministratorActive } from '@/lib/auth/change-administrator';
import { addWebhook } from '@/lib/notices/change-webhook';
import { setRecipients } from '@/lib/notices/recipients';
import { givePassword, giveSecondFactor } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { send, signInAs } from '../helpers/sign-in';
import { untilLockAwaited } from '../helpers/waiting';
import { type Change, changes, ownChanges, type Scene } from './changes';

const post = (path: string, body: BodyInit) =>
  new Request(`http://localhost:3000/${path}`, {
    method: 'POST',
    body,
    headers: { origin: 'http://localhost:3000' },
  });
const mail = { SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'desk@example.org' };

useTestDatabase();
beforeEach(async () => {
  useSettings({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8', ...mail });
  await emptyDatabase();
  await insertPeople();
});
afterAll(() => useSettings({ WEBHOOK_ALLOW_PRIVATE: '', SMTP_URL: '', SMTP_FROM: '' }));

const query = (text: string, values: unknown[] = []) => pagePool().query(text, values);

async function begin({ by, prepare }: Change) {
  for (const person of [ada, otto]) await givePassword(person);
  await giveSecondFactor(ada);
  const grace = await insertUser('grace');
  const { id: key } = await makeKey(otto, 'grace', { revealable: true });
  const webhook = randomUUID();
  await addWebhook(ada, { id: webhook, url: 'http://127.0.0.1:9/hook' });
  await setRecipients(ada, { recipients: ['someone@example.org'] });
  await signInAs(by);
  const scene: Scene = { key, grace, webhook };
  return prepare(scene);
}

/** Every row of every table, except counts of failed passwords. */
async function everything(): Promise<Record<string, string>> {
  const { rows: tables } = await query(
    `select quote_ident(tablename) as name from pg_tables
     where schemaname = 'public' and tablename <> 'sign_in_failure'`,
  );
  const each = tables.map(
    ({ name }) => `select '${name}' as name, string_agg(t::text, chr(10) order by t::text) as all
      from ${name} t`,
  );
  const { rows } = await query(each.join(' union all '));
  return Object.fromEntries(rows.map((one) => [one.name, one.all]));
}

const ended = (run: () => Promise<unknown>) =>
  run().then(
    (value) => String((value as { outcome?: unknown } | null)?.outcome ?? 'done'),
    (error: Error) => `${error.name} ${error.message}`,
  );
const refusal = /This needs the role|^refused$|^needs-admin$/;

/** Locks the rows that `held` selects, and releases them after `meanwhile`. */
async function whileHeld<Result>(
  held: string,
  start: () => Promise<Result>,
  meanwhile: (holder: Client) => Promise<unknown>,
): Promise<Result> {
  const holder = new Client({ connectionString: process.env.DATABASE_URL });
  await holder.connect();
  try {
    await holder.query(`begin; ${held}`);
    const started = start();
    await untilLockAwaited();
    await meanwhile(holder);
    await holder.query('commit');
    return await started;
  } finally {
    await holder.end();
  }
}

const row = ({ id }: { id: string }) => `directory_user where id = '${id}'`;
const losses = {
  disabled: 'active = false',
  'without the role': `role = 'viewer'`,
  'handed a password': `one_time_until = now() + interval '1 day'`,
} as const;
const take = (by: { id: string }, loss: keyof typeof losses) =>
  `update directory_user set ${losses[loss]} where id = '${by.id}'`;
/** As if nothing had been: a trigger has noted when they were enabled. */
const giveBack = async ({ id, role }: { id: string; role: string }) => {
  await query(
    'update directory_user set active = true, one_time_until = null, role = $2 where id = $1',
    [id, role],
  );
  await query('update directory_user set enabled_at = null where id = $1', [id]);
};

const tries = Object.entries({ ...changes, ...ownChanges }).flatMap(([name, change]) => {
  const own = name in ownChanges;
  const waiting = own ? ('disabled' as const) : ('without the role' as const);
  const asked = [name, 'disabled' as const, `select from ${row(change.by)} for update`] as const;
  return change.waitsFor ? [[name, waiting, change.waitsFor] as const] : [asked];
});

describe('while it waits for a lock of somebody else', () => {
  it.each(tries)('%s is refused to who is %s', async (name, loss, held) => {
    const change = { ...changes, ...ownChanges }[name] as Change;
    const { by } = change;
    const run = await begin(change);
    const before = await everything();
    const isOwnRow = held.includes(by.id);
    const outcome = await whileHeld(
      held,
      () => ended(run),
      (holder) => (isOwnRow ? holder : pagePool()).query(take(by, loss)),
    );
    expect(outcome).toMatch(refusal);
    await giveBack(by);
    expect(await everything()).toEqual(before);
    // The control: it is not refused for another reason.
    expect(await ended(run)).not.toMatch(refusal);
    expect(await everything()).not.toEqual(before);
  });

  it.each(Object.keys(losses) as (keyof typeof losses)[])(
    'a change is refused to who is %s in the transaction that it waits for',
    async (loss) => {
      const run = await begin(changes.createKey as Change);
      const before = await countRows('api_key');
      const held = `select from ${row(otto)} for update`;
      const outcome = await whileHeld(
        held,
        () => ended(run),
        (holder) => holder.query(take(otto, loss)),
      );
      expect(outcome).toMatch(refusal);
      expect(await countRows('api_key')).toBe(before);
    },
  );
});

it('the form of a disabled operator says so, keeps what was typed, and makes no key', async () => {
  await insertUser('grace');
  await signInAs(otto);
  const { requestId } = keyRequest('grace');
  const fields = { requestId, user: 'grace', active: 'yes', name: 'nightly' };
  const held = `select from directory_user where username = 'grace' for update`;
  const save = () => send(createKeyAction, fields);
  const disable = () => setAdministratorActive(ada, { id: otto.id, active: false });
  const state = await whileHeld(held, save, disable);
  expect(state).toMatchObject({
    status: 'failed',
    message: 'This needs the role operator.',
    values: { name: 'nightly' },
  });
  expect(await countRows('api_key')).toBe(0);
  expect(await countRows('audit_event', `action <> 'user.disable'`)).toBe(0);
});

it.each([
  [
    'a file of keys',
    otto,
    () => upload(post('keys/import/file', 'username,secret\ngrace,x\n')),
    403,
  ],
  ['an export of the audit', ada, () => exportAudit(post('audit/export', new FormData())), 404],
] as const)(
  '%s is answered like every request of who lacks the role',
  async (_, by, call, status) => {
    await signInAs(by);
    const answer = await whileHeld(`select from ${row(by)} for update`, call, (holder) =>
      holder.query(take(by, 'without the role')),
    );
    expect(answer.status).toBe(status);
    expect((await countRows('key_import')) + (await countRows('audit_event'))).toBe(0);
  },
);

describe('many at once', () => {
  it('of one operator do not wait for each other', async () => {
    await insertUser('grace');
    const held = `select from ${row(otto)} for share`;
    const holder = new Client({ connectionString: process.env.DATABASE_URL });
    await holder.connect();
    await holder.query(`begin; ${held}`);
    expect((await makeKey(otto, 'grace')).outcome).toBe('created');
    await holder.query('commit');
    await holder.end();
  });
});
