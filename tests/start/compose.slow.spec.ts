import { expect, test } from '@playwright/test';
import { blocksOf, filledIn } from '../manual/helpers/run-block';
import { startComposeMachine } from './compose-machine';
import type { Machine } from './debian-machine';

// Runs the commands for docker-compose.yml of README.md, docs/compose.md and docs/upgrade.md. Its services are processes
// of a Debian of its own, each with its own network, files and user.
const [begin = ''] = blocksOf('README.md', 'sh', 'Run it with Docker Compose');
const [startAgain = ''] = blocksOf('docs/compose.md', 'sh', 'Start');
const [addRole = ''] = blocksOf('docs/compose.md', 'sh', 'The role of the desk');
const [upgrade = ''] = blocksOf('docs/upgrade.md', 'sh', 'Upgrade');

let machine: Machine;
test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.skip(process.env.TESTS === 'slow', 'only in full runs, for it needs root and mounts');
test.beforeAll(async () => {
  machine = await startComposeMachine();
  // A repository with what compose reads, which stands for ours, and the clone of an operator.
  machine.run(`mkdir /origin && cd /origin && git init --quiet --initial-branch=main
    git config user.name Ada && git config user.email ada@example.org
    mkdir deploy && cp -R /checkout/deploy/postgres deploy/ && cp /checkout/docker-compose.yml .
    git add . && git commit --quiet --message=First
    git clone --quiet /origin /desk`);
});
test.afterAll(() => machine?.stop());

const run = (block: string) => machine.run(block, { cwd: '/desk' });
const answer = () => machine.run('curl -s --max-time 3 http://keydesk:3000/readyz || true');
const untilReady = () => expect.poll(answer, { timeout: 60_000 }).toBe('ok');
const log = () => machine.run('cat /run/containers/keydesk.log');

test('README.md: the desk starts with the settings that were made, and its audit is protected', async () => {
  // In the foreground until it is stopped, as by Ctrl+C.
  machine.run(`cat > /begin <<'END'\n${begin}END
    systemd-run --quiet --unit=compose --working-directory=/desk sh -e /begin`);
  await untilReady();
  expect(log()).toContain('"auditProtected":true');
  const admins = run('docker compose exec keydesk node admin.mjs list-admins');
  expect(admins).toContain('admin');
});

test('docs/compose.md: it starts in the background, and says that it is ready', async () => {
  machine.run('systemctl stop compose');
  const ready = 'curl http://127.0.0.1:3000/readyz';
  const [up = '', rest = ''] = startAgain.split(ready);
  run(up);
  await untilReady();
  // No port of a container is published here.
  expect(run(filledIn(ready + rest, { '127.0.0.1': 'keydesk' }))).toBe('ok');
});

test('docs/compose.md: a database from before gets the role of the desk', async () => {
  run('docker compose rm --force keydesk && docker compose rm --force postgres');
  run('docker volume rm keydesk_database');
  const [, password = ''] = /^POSTGRES_APP_PASSWORD=(.*)$/m.exec(run('cat .env')) ?? [];
  run(`sed -i /POSTGRES_APP_PASSWORD/d .env; > /run/containers/keydesk.log; docker compose up -d`);
  await untilReady();
  expect(log()).toContain('"auditProtected":false');
  run(`echo POSTGRES_APP_PASSWORD=${password} >> .env; > /run/containers/keydesk.log`);
  run(addRole);
  await untilReady();
  expect(log()).toContain('"auditProtected":true');
});

test('docs/upgrade.md: what was pulled is started', async () => {
  const first = run('docker compose exec keydesk printenv LOG_LEVEL || true');
  const change = 's/LEVEL:-}/LEVEL:-warn}/';
  machine.run(`sed -i '${change}' docker-compose.yml && git commit --quiet --all --message=Next`, {
    cwd: '/origin',
  });
  run(upgrade);
  await untilReady();
  expect([first, run('docker compose exec keydesk printenv LOG_LEVEL')]).toEqual(['', 'warn']);
});
