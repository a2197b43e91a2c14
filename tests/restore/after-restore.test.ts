import { pagePool } from '@/db/client';
import { verifyChain } from '@/lib/audit/verify-chain';
import { switchKey } from '@/lib/keys/change-key';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { countRows } from '../helpers/keys';
import { ada } from '../helpers/people';
import { until } from '../helpers/waiting';
import {
  all,
  answers,
  backup,
  caller,
  file,
  keys,
  lost,
  name,
  now,
  restore,
  right,
  url,
  useBackedUpDesk,
} from './backed-up-desk';
import { admin, beNew, renameDatabases, startDesk } from './helpers';

jest.setTimeout(60_000);
useBackedUpDesk();

it('a desk on a restored database answers nothing, until the revocations are repeated', async () => {
  now.desk = await startDesk(caller);
  expect(await answers()).toEqual(right);
  await now.desk.close();
  const list = await restore();

  await beNew(url());
  now.desk = await startDesk(caller);
  expect(now.desk.isKnown).toBe(false);
  await until(() => now.desk?.own.lookup.role === 'restored');
  expect(await answers()).toEqual(all('503'));
  expect(await now.desk.read('/readyz')).toMatch(/^503 .*restored or copied/);
  expect(await now.desk.read('/healthz')).toMatch(/^200 /);
  expect(await now.desk.read('/metrics')).toMatch(/^keydesk_database_role{role="restored"} 1$/m);
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
  const others = await admin(['list-admins']);
  expect([others.code, others.stderr]).toEqual([1, expect.stringMatching(/after-restore/)]);
  expect((await admin(['audit', 'verify'])).code).toBe(0);

  const done = await admin(['after-restore', '--revocations', file(list)]);
  expect([done.code, done.stderr]).toEqual([0, expect.stringMatching(/^Using the database/)]);
  expect(done.stdout).toMatch(/3 keys ended.* 1 made after the backup/);
  expect(done.stdout).toMatch(/1 user disabled.*\n1 session and/);
  // Without a restart.
  await until(async () => (await now.desk?.ask(keys.kept.secret)) === 'VALID');
  expect(await answers()).toEqual(right);
  expect(await countRows('session')).toBe(0);
  expect(await verifyChain()).toMatchObject({ fault: null });
  const { rows } = await pagePool().query(
    `select actor, details from audit_event where action = 'database.after-restore'`,
  );
  expect(rows).toMatchObject([{ actor: 'system', details: { ended: 3, unknown: 1, users: 1 } }]);

  // Again: nothing is left to do, and the list is older than the database now.
  const again = await admin(['after-restore', '--revocations', file(list)]);
  expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/Nothing was changed/) });
  // A key that is switched on again by mistake does not revive its old secret.
  await switchKey(ada, { id: keys.regenerated.id, active: true });
  expect(await now.desk.ask(keys.regenerated.secret)).toBe('NOT_FOUND');
});

it('a replica that runs meanwhile finds another database under its name, and believes none', async () => {
  now.desk = await startDesk(caller);
  expect(await answers()).toEqual(right);
  const seen = new Set<string>();
  let over = false;
  const asking = (async () => {
    while (!over) seen.add(`${await now.desk?.ask(keys.deleted.secret)}`);
  })();
  await renameDatabases([name, lost], [backup, name]);
  await until(() => now.desk?.own.lookup.role === 'restored');
  expect(await answers()).toEqual(all('503'));
  over = true;
  await asking;
  expect([...seen].sort()).toEqual(['503', 'NOT_FOUND']);
});

it('a list that leaves events out is refused, and so is a part of one', async () => {
  const list = await restore();
  await beNew(url());
  const refused = async (text: string) => {
    const { code, stderr } = await admin(['after-restore', '--revocations', file(text)]);
    expect(code).toBe(1);
    return stderr.split('\n').at(-2);
  };
  const lines = list.trimEnd().split('\n');
  expect(await refused('no list at all\n')).toMatch(/no audit events/);
  expect(await refused(lines.slice(0, -1).join('\n'))).toMatch(/does not tell of events/);
  expect(await refused(lines.slice(1).join('\n'))).toMatch(/does not tell of events/);
  expect(await refused('{"revocations":{"after":1,"through":2,"events":0}}')).toMatch(
    /ends with event 2, but/,
  );
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
});

it('an anchor that the audit does not contain makes any database a restored one', async () => {
  const { rows } = await pagePool().query(
    `select seq || ':' || encode(mac, 'hex') as head from audit_event order by seq desc limit 1`,
  );
  const AUDIT_ANCHOR = rows[0].head;
  expect(await keepIdentity(AUDIT_ANCHOR)).toBe(true);
  // A backup of all files, which looks like the same database.
  await restore();
  await beNew(url());
  await admin(['after-restore', '--accept', 'as if it were the same']);
  await beNew(url(), { AUDIT_ANCHOR });
  now.desk = await startDesk(caller);
  expect(now.desk.isKnown).toBe(false);
  expect(await answers()).toEqual(all('503'));
  await now.desk.close();
  // Another process, without the setting, knows it too. Once accepted, it is not asked for again.
  await beNew(url(), { AUDIT_ANCHOR: '' });
  expect(await keepIdentity()).toBe(false);
  await admin(['after-restore', '--accept', 'the events are lost, we know']);
  await beNew(url(), { AUDIT_ANCHOR });
  expect(await keepIdentity(AUDIT_ANCHOR)).toBe(true);
  process.env.AUDIT_ANCHOR = '';
});
