import { Client } from 'pg';
import { serversOf } from '@/db/servers';
import { judge } from '@/lib/notices/address-guard';
import { parseSettings } from '@/lib/settings/parse-settings';
import { testSettings } from '../helpers/settings';
import { blocksUnder, filledIn, settingsIn } from './helpers/run-block';

// Reads the settings that the manual shows as Keydesk does at its start.
const database = { DATABASE_URL: 'postgresql://keydesk@localhost/keydesk' };
const parsed = async (block = '') =>
  parseSettings({ ...testSettings, ...database, ...(await settingsIn(block)) });

it('"Private addresses" opens the networks that it names, also to plain http, and no other', async () => {
  const { WEBHOOK_ALLOW_PRIVATE: allowed } = await parsed(
    blocksUnder('Private addresses', 'sh')[0],
  );
  const reached = async (url: string) => 'addresses' in (await judge(new URL(url), allowed));
  expect(await reached('http://10.20.3.4/')).toBe(true);
  expect(await reached('https://[fd00:1234::7]/')).toBe(true);
  expect(await reached('https://10.21.3.4/')).toBe(false);
  expect(await reached('http://192.0.43.8/')).toBe(false);
});

it('"Mail" is a server that asks for a password, and a sender with a name', async () => {
  expect(await parsed(blocksUnder('Mail', 'sh')[0])).toMatchObject({
    SMTP_URL: {
      host: 'mail.example.org',
      port: 465,
      secure: true,
      auth: { user: 'name', pass: 'password' },
    },
    SMTP_FROM: 'Keydesk <keydesk@example.org>',
  });
});

it('"On standard output" writes events there', async () => {
  expect(await parsed(blocksUnder('On standard output', 'sh')[0])).toMatchObject({
    AUDIT_LOG: 'stdout',
  });
});

it('"A primary and its standbys" shows addresses of two servers each', () => {
  const [block = ''] = blocksUnder('A primary and its standbys', 'text');
  const places = block
    .trim()
    .split('\n')
    .map((address) => parseSettings({ ...testSettings, DATABASE_URL: address }).DATABASE_URL)
    .map((address) => serversOf(address).map((server) => new Client({ connectionString: server })));
  expect(places.map((servers) => servers.map(({ host, port }) => [host, port]))).toEqual([
    [
      ['db1.example.org', 5_432],
      ['db2.example.org', 5_433],
    ],
    [
      ['db1.example.org', 5_432],
      ['db2.example.org', 5_432],
    ],
  ]);
  expect(places.flat().map(({ ssl }) => Boolean(ssl))).toEqual([true, true, false, false]);
});

it('"Roles and database" gives the desk and the owner of the tables an address each, with TLS', async () => {
  const [block = ''] = blocksUnder('Roles and database', 'text');
  const given = filledIn(block, { '<its password>': 'secret' });
  const { DATABASE_URL, MIGRATE_DATABASE_URL } = await parsed(given);
  const roles = [DATABASE_URL, MIGRATE_DATABASE_URL].map((address) => {
    const { user, database: name, ssl } = new Client({ connectionString: address });
    return [user, name, Boolean(ssl)];
  });
  expect(roles).toEqual([
    ['keydesk_app', 'keydesk', true],
    ['keydesk', 'keydesk', true],
  ]);
});

it('control: a setting that is none, or wrong, is refused', async () => {
  await expect(parsed('WEBHOOK_ALLOW_PRIVATE=10.20.0.0/33')).rejects.toThrow(
    'WEBHOOK_ALLOW_PRIVATE',
  );
  await expect(parsed('SMTP_FROM=keydesk@example.org')).rejects.toThrow('SMTP_URL');
});
