import { expect, test } from '@playwright/test';
import { blocksOf } from '../manual/helpers/run-block';
import { startComposeMachine } from './compose-machine';
import type { Machine } from './debian-machine';

// Runs the commands of docs/two-servers.md in their order. The services of deploy/compose-standby.yml are processes of
// a Debian of its own, each with its own network, files and user.
const page = 'docs/two-servers.md';
const [begin = ''] = blocksOf(page, 'sh', 'Two servers of PostgreSQL and two of Keydesk');
const [goOn = ''] = blocksOf(page, 'sh', 'The standby is away');
const [promote = '', copy = ''] = blocksOf(page, 'sh', 'The primary is lost');
const [alias = ''] = begin.match(/^alias dc=.*$/m) ?? [];

let machine: Machine;
test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.skip(process.env.TESTS === 'slow', 'only in full runs, for it needs root and mounts');
test.beforeAll(async () => {
  machine = await startComposeMachine();
  machine.run('rm -rf .env deploy/secrets', { cwd: '/checkout' });
});
test.afterAll(() => machine?.stop());

const run = (block: string) => machine.run(`${alias}\n${block}`, { cwd: '/checkout' });
const sql = (server: string, text: string) =>
  run(`dc exec ${server} psql -U keydesk -Atc "${text}"`);
const standbys = (server: string) => () =>
  sql(server, `select application_name || ' ' || sync_state from pg_stat_replication`);
const answer = (address: string) => () =>
  machine.run(`curl -s --max-time 3 http://${address} || true`);

test('both servers and both desks run, and commits wait for the standby', async () => {
  expect(run(begin).split('\n').at(-1)).toMatch(/^[0-9a-f]{24}$/);
  await expect.poll(answer('haproxy:3000/readyz'), { timeout: 60_000 }).toBe('ok');
  await expect.poll(answer('haproxy:3001/readyz')).toBe('ok');
  await expect.poll(standbys('db1')).toBe('db2 sync');
});

test('without the standby the primary goes on alone, until it is back', async () => {
  run('dc stop db2');
  run(goOn);
  expect(sql('db1', 'show synchronous_standby_names')).toBe('');
  expect(sql('db1', 'create table alone (); drop table alone; select 1')).toContain('1');
  run('dc start db2');
  run(goOn.replace(`= ''`, `= '*'`));
  await expect.poll(standbys('db1')).toBe('db2 sync');
});

test('the standby becomes the primary, and the desks follow', async () => {
  run('dc stop db1');
  run(promote);
  await expect.poll(() => sql('db2', 'select pg_is_in_recovery()')).toBe('f');
  for (const desk of ['keydesk1', 'keydesk2']) {
    await expect.poll(answer(`${desk}:3001/readyz`), { timeout: 10_000 }).toBe('ok');
  }
});

test('the former primary is refused with its old data, whatever it shall be', async () => {
  const log = () => machine.run('tail -n 1 /run/containers/db1.log');
  run('dc start db1');
  await expect.poll(log).toContain('db2 is a primary already');
  run('echo PRIMARY=db2 >> .env');
  run('dc start db1');
  await expect.poll(log).toContain('db1 was a primary');
});

test('the former primary becomes its copy, and commits wait for it', async () => {
  run(copy);
  await expect.poll(standbys('db2'), { timeout: 30_000 }).toBe('db1 sync');
  expect(sql('db1', 'select pg_is_in_recovery()')).toBe('t');
  for (const desk of ['keydesk1', 'keydesk2', 'haproxy']) {
    await expect.poll(answer(`${desk}:3000/readyz`), { timeout: 10_000 }).toBe('ok');
  }
});
