import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { productSource } from '../helpers/product';
import { blocksOf, filledIn } from '../manual/helpers/run-block';
import { type Machine, startDebianWithPostgres } from './debian-machine';

// Runs the commands of docs/bare-metal.md one after another, as they stand, on a Debian with the systemd of this
// machine. Only the download of packages and the build are left out: both are there.
const page = 'docs/bare-metal.md';
const [install = '', ...noMore] = blocksOf(page, 'sh', 'PostgreSQL');
const [roles = ''] = blocksOf(page, 'sql', 'PostgreSQL');
const [build = '', copy = '', settings = ''] = blocksOf(page, 'sh', 'Keydesk');
const [service = '', command = ''] = blocksOf(page, 'sh', 'The service');
const ready = 'curl http://127.0.0.1:3000/readyz';

let machine: Machine;
test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.skip(process.env.TESTS === 'slow', 'only in full runs, for it needs root and mounts');
test.beforeAll(async () => {
  const folders = { [productSource()]: '/src', [resolve('deploy')]: '/src/deploy' };
  ({ machine } = await startDebianWithPostgres(folders));
  // The build of the tests is what these two would make.
  machine.run(`printf '#!/bin/sh\\ncase "$*" in ci | "run build") ;; *) exit 1 ;; esac\\n' > /usr/local/bin/npm
    chmod +x /usr/local/bin/npm
    [ -x /usr/bin/node ] || ln -s ${process.execPath} /usr/bin/node`);
});
test.afterAll(() => machine?.stop());

async function untilReady() {
  const ask = () =>
    machine.run(`${ready} --silent --max-time 3 || systemctl status keydesk || true`);
  await expect.poll(ask, { timeout: 60_000 }).toBe('ok');
}

const inSources = { cwd: '/src' };

test('PostgreSQL is there, and gets its roles', () => {
  expect(noMore).toEqual([]);
  expect(machine.run(install)).toMatch(/^\d+ +main +5432 +online/m);
  const statements = filledIn(roles, { '…': 'secret' });
  machine.run(`psql -v ON_ERROR_STOP=1 <<'END'\n${statements}END`, { user: 'postgres', cwd: '/' });
});

test('Keydesk is installed, and its settings are closed to others', () => {
  machine.run(build, inSources);
  machine.run(copy, inSources);
  machine.run(filledIn(settings, { '<its password>': 'secret' }));
  expect(machine.run('stat -c %a:%U /etc/keydesk /etc/keydesk/keydesk.env')).toBe(
    '700:root\n600:root',
  );
  expect(machine.run('find /opt/keydesk/ -not -user root -o -type f -perm /022 | wc -l')).toBe('0');
});

test('systemd starts it as nobody in particular, and it becomes ready', async () => {
  const [start = '', rest = ''] = service.split(ready);
  const status = machine.run(start, inSources);
  expect(status).toContain('active (running)');
  await untilReady();
  expect(machine.run(ready + rest)).toBe('ok');
  const pid = machine.run('systemctl show --property MainPID --value keydesk');
  expect(Number(machine.run(`stat -c %u /proc/${pid}`))).toBeGreaterThan(60_000);
  // Pages let verification go first, in spite of the filter of system calls.
  expect(machine.run(`ps -o nice= -p ${pid}`).trim()).toBe('5');
  expect(machine.run('journalctl -u keydesk')).toContain('"event":"start"');
});

test('commands read the same settings', () => {
  expect(machine.run(command)).toContain('admin');
});

test('systemd stops it, and it ends well', () => {
  machine.run('systemctl stop keydesk');
  const ended = machine.run('systemctl show --property Result,ExecMainStatus keydesk');
  expect(ended.split('\n').sort()).toEqual(['ExecMainStatus=0', 'Result=success']);
});

test('it starts as well where a sandbox refuses it the priority of its threads', async () => {
  const folder = '/etc/systemd/system/keydesk.service.d';
  machine.run(`mkdir ${folder}
    printf '[Service]\\nSystemCallFilter=~setpriority\\n' > ${folder}/less.conf
    systemctl daemon-reload
    systemctl start keydesk`);
  await untilReady();
});
