import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeVerification } from '@/lib/verify/verification';
import { makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { requireProgram } from '../helpers/require-program';
import { writeProgram } from '../helpers/stand-ins';
import { type Desk, openDesk } from '../verify/helpers/desk';
import { startApi } from './helpers/api-server';
import { blocksOf, filledIn, runShell, shown } from './helpers/run-block';

// Runs the questions of the manual as they stand, but for addresses and secrets, and compares what they are
// said to answer.
beforeAll(() => requireProgram('curl'));

describe('at the verify port', () => {
  let desk: Desk;
  let key: { id: string; secret: string };
  let own: typeof key;
  beforeAll(async () => {
    desk = await openDesk();
    const bob = await desk.addUser('bob');
    const grace = await desk.addUser('grace');
    own = await desk.addKey(grace);
    key = await desk.addKey(bob, { scopes: ['reports:read'], name: 'reports' });
  });
  afterAll(() => desk.close());

  it.each([
    ['docs/gateways.md', 'Asking from code'],
    ['docs/introspection.md', 'Ask'],
    ['README.md', 'The first verified key'],
    ['docs/leaks.md', 'RFC 7009: revoke by presenting'],
  ])('%s, "%s", answers as the page shows', async (path, heading) => {
    const [block = ''] = blocksOf(path, 'sh', heading);
    const command = filledIn(block, {
      'http://127.0.0.1:3001': desk.origin,
      SERVICE_KEY: desk.service.secret,
      THE_KEY: (path === 'README.md' ? own : key).secret,
    });
    expect(await runShell(command)).toMatch(shown(block));
  });
});

describe('at the port of the pages', () => {
  useTestDatabase();
  let api: Awaited<ReturnType<typeof startApi>>;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => {
    api.stop();
    return closeVerification();
  });

  it('docs/leaks.md, "Report what a scanner found", answers as the page shows', async () => {
    await emptyDatabase();
    await insertPeople();
    await insertUser('grace');
    const leaked = await makeKey(ada, 'grace');
    const service = await makeService(['keydesk:leaks.write']);
    const [block = ''] = blocksOf('docs/leaks.md', 'sh', 'Report what a scanner found');
    const command = filledIn(block, {
      'https://keys.example.org': api.url,
      SERVICE_KEY: service.secret,
      'kd_…': leaked.secret,
    });
    expect(await runShell(command)).toMatch(shown(block));
  });

  it('docs/leaks.md: a report of gitleaks is sent, which a program of its name stands for', async () => {
    await insertUser('linus');
    const leaked = await makeKey(ada, 'linus');
    const service = await makeService(['keydesk:leaks.write']);
    const folder = mkdtempSync(join(tmpdir(), 'keydesk-gitleaks-'));
    const finding = {
      RuleID: 'keydesk-api-key',
      Secret: leaked.secret,
      File: '.env',
      StartLine: 3,
    };
    // It refuses other words than those of gitleaks 8.
    const words = 'git --config gitleaks.toml --report-format json --report-path found.json';
    const report = `[ "$*" = "${words}" ] || exit 2\ncat > found.json <<'END'\n`;
    writeProgram(folder, 'gitleaks', `${report}${JSON.stringify([finding])}\nEND`);
    const [, block = ''] = blocksOf('docs/leaks.md', 'sh', 'Report what a scanner found');
    const command = filledIn(block, {
      'https://keys.example.org': api.url,
      SERVICE_KEY: service.secret,
    });
    const said = await runShell(command, { PATH: `${folder}:${process.env.PATH}` }, folder);
    expect(JSON.parse(said)).toEqual({ known: 1, unknown: 0 });
    expect(await auditOf(leaked.id)).toContain('key.deactivate');
  });

  it('docs/management-api.md, "Problems", shows a real one', async () => {
    const [block = ''] = blocksOf('docs/management-api.md', 'json', 'Problems');
    const example = JSON.parse(block);
    const { call } = await makeService();
    await insertUser('grace-again');
    const { id } = await makeKey(ada, 'grace-again');
    const { body } = await call('PATCH', `/keys/${id}`, {
      headers: { 'if-match': '"another"' },
      body: { name: 'weekly' },
    });
    const type = body.type.replace(/^https?:\/\/[^/]+/, 'https://keys.example.org');
    expect({ ...body, type }).toEqual(example);
  });
});
