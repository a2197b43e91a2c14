import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseSettings } from '@/lib/settings/parse-settings';
import { freePort } from '../../scripts/free-port';
import { testSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';
import { blocksOf, filledIn } from './helpers/run-block';

const page = 'docs/single-sign-on.md';
const [command = '', settings = ''] = blocksOf(page, 'sh', 'Try it on your machine');

it('the provider of docs/single-sign-on.md starts as the page says', async () => {
  const port = await freePort();
  const child = spawn('sh', ['-c', `exec ${filledIn(command, { 4000: `${port}` })}`]);
  const found = async () => {
    const address = `http://127.0.0.1:${port}/.well-known/openid-configuration`;
    const answer = await fetch(address).catch(() => null);
    return answer?.ok === true && (await answer.json()).issuer === `http://127.0.0.1:${port}`;
  };
  await until(found);
  child.kill();
  await once(child, 'exit');
});

it('the settings beside it are good ones', () => {
  const given = Object.fromEntries(
    settings
      .trim()
      .split('\n')
      .map((line) => line.split('=')),
  );
  const database = { DATABASE_URL: 'postgresql://keydesk@localhost/keydesk' };
  expect(parseSettings({ ...testSettings, ...database, ...given })).toMatchObject({
    OIDC_ISSUER: 'http://127.0.0.1:4000',
    OIDC_ROLES: [{ role: 'admin' }, { role: 'operator' }],
  });
});
