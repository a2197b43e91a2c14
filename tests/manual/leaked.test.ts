import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseSettings } from '@/lib/settings/parse-settings';
import { createListener } from '@/lib/verify/listener';
import { answerRevoke } from '@/lib/verify/revoke-endpoint';
import { testSettings } from '../helpers/settings';
import { type Desk, openDesk } from '../verify/helpers/desk';
import { blocksOf, filledIn } from './helpers/run-block';
import { openTlsFront } from './helpers/tls-front';

// Runs the program of docs/leaks.md as it stands, and reads what it shows of GitHub as Keydesk does.
const run = promisify(execFile);
const page = 'docs/leaks.md';
let desk: Desk;
let folder = '';
let front: Awaited<ReturnType<typeof openTlsFront>>;
let closeListener = () => {};

beforeAll(async () => {
  desk = await openDesk();
  // A listener that knows its public address, as with VERIFY_URL.
  const own = { ...desk.own, issuer: '' };
  const server = createListener(own, answerRevoke);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  front = await openTlsFront((server.address() as AddressInfo).port);
  own.issuer = front.url;
  closeListener = () => {
    server.closeAllConnections();
    server.close();
  };
  // Below our packages, so that Node finds openid-client.
  mkdirSync(resolve('node_modules/.cache/keydesk'), { recursive: true });
  folder = mkdtempSync(resolve('node_modules/.cache/keydesk/leaked-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  front.stop();
  closeListener();
  await desk.close();
});

it('the program with openid-client ends the key that it is given, and no other', async () => {
  const owner = await desk.addUser('grace');
  const [leaked, other] = [await desk.addKey(owner), await desk.addKey(owner)];
  const [block = ''] = blocksOf(page, 'js');
  const program = filledIn(block, {
    'https://verify.example.org': front.url,
    SERVICE_KEY: desk.service.secret,
  });
  const file = join(folder, 'revoke.mjs');
  writeFileSync(file, `const [leakedKey] = process.argv.slice(2);\n${program}`);
  await run(process.execPath, [file, leaked.secret], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: front.certificate },
  });
  const codeOf = async (key: string) => (await (await desk.verify({ key })).json()).code;
  expect([await codeOf(leaked.secret), await codeOf(other.secret)]).toEqual(['INACTIVE', 'VALID']);
});

it("GitHub's answer, as the page shows it, is a setting that is taken", () => {
  const [block = ''] = blocksOf(page, 'sh', 'GitHub secret scanning');
  const [, shown = ''] = /^# (.*)$/m.exec(block) ?? [];
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = JSON.stringify(publicKey.export({ type: 'spki', format: 'pem' })).slice(1, -1);
  const identifier = randomBytes(32).toString('hex');
  const answer = filledIn(shown, { '-----BEGIN PUBLIC KEY-----…': pem, '"…"': `"${identifier}"` });
  const settings = (GITHUB_SCANNING_KEYS: string) =>
    parseSettings({
      ...{ ...testSettings, DATABASE_URL: 'postgresql://keydesk@localhost/keydesk' },
      GITHUB_SCANNING_KEYS,
    }).GITHUB_SCANNING_KEYS;
  expect(settings(answer)).toBeTruthy();
  expect(() => settings(answer.replace('key_identifier', 'id'))).toThrow('GITHUB_SCANNING_KEYS');
});
