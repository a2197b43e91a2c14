import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { blocksOf, filledIn } from '../manual/helpers/run-block';
import { type Machine, startMachine } from './debian-machine';

// Runs the first block of README.md as it stands, and those about a checkout, on a Debian without a network: the clone is of this checkout, and
// `npm ci` finds its packages. The first start builds.
const [block = ''] = blocksOf('README.md', 'sh', 'Try it');
const [printed = ''] = blocksOf('README.md', 'text', 'Try it');
const address = 'https://git.example.org/keydesk.git';

let machine: Machine;
test.describe.configure({ mode: 'serial', timeout: 360_000 });
test.skip(process.env.TESTS === 'slow', 'only in full runs, for it needs root and mounts');
test.beforeAll(async () => {
  machine = await startMachine({ [resolve('.')]: '/checkout' });
  const npm = machine.run('command -v npm');
  machine.run(`git config --system url.file:///checkout.insteadOf ${address}
    cat > /usr/local/sbin/npm <<'END'
#!/bin/sh
[ "$1" = ci ] || exec ${npm} "$@"
mkdir -p node_modules && mount --bind /checkout/node_modules node_modules
END
    chmod +x /usr/local/sbin/npm`);
});
test.afterAll(() => machine?.stop());

/** What the page shows, with what differs from start to start left open. */
const lines = printed
  .trim()
  .split('\n')
  .map((line) => new RegExp(`^${line.replace(/[.*+?()[\]]/g, '\\$&').replace('…', '\\S+')}$`, 'm'));

/** Each start is a unit of its own, because systemd forgets one only some time after it was stopped. */
let starts = 0;
const unit = () => `try-it-${starts}`;

const said = () => machine.run(`cat /said; systemctl is-active --quiet ${unit()}`);

/** Runs a block that ends in a desk in the foreground, until that is ready. */
async function start(commands: string, folder: string) {
  starts += 1;
  machine.run(`cat > /begin <<'END'\n${commands}END
    : > /said
    systemd-run --quiet --collect --unit=${unit()} --working-directory=${folder} --setenv=HOME=/root \\
      --setenv=PATH=/usr/local/sbin:/usr/local/bin:/usr/bin:/usr/sbin \\
      --property=StandardOutput=append:/said --property=StandardError=append:/said sh -e /begin`);
  await expect.poll(said, { timeout: 300_000, intervals: [1_000] }).toMatch(/^Keydesk is ready/m);
  expect(machine.run('curl -s http://localhost:3000/readyz')).toBe('ok');
}
const stop = () => machine.run(`systemctl stop ${unit()}`);
const desk = '/root/keydesk';
const env = { HOME: '/root' };

test('README.md: the desk is cloned, built and started, and says where it is', async () => {
  await start(block, '/root');
  for (const line of lines) expect(said()).toMatch(line);
  stop();
});

const keys = (words: string) =>
  JSON.parse(machine.run(`npm run --silent admin -- keys ${words} --json`, { cwd: desk, env }));

test('docs/restore.md: what was revoked after a copy of the embedded database is revoked again', async () => {
  const { id } = keys('create --user admin');
  const time = new Date().toISOString();
  machine.run('mkdir /backup && cp -a .data /backup/data', { cwd: desk });
  keys(`deactivate ${id}`);
  const [restore = ''] = blocksOf('docs/restore.md', 'sh', 'With the embedded database');
  await start(filledIn(restore, { '<time of the copy>': time }), desk);
  stop();
  expect(keys('list').items).toMatchObject([{ id, active: false }]);
});

test('docs/upgrade.md: what was pulled is built and started', async () => {
  const [, upgrade = ''] = blocksOf('docs/upgrade.md', 'sh', 'Upgrade');
  await start(upgrade, desk);
  stop();
});
