import { get } from 'node:http';
import { delimiter } from 'node:path';
import { expect, test } from '@playwright/test';
import { plainBrowser } from '../helpers/plain-browser';
import { productSource } from '../helpers/product';
import { closedFolder, isAlive, postgresIn, removeFolders, run, until } from './processes';

test.describe.configure({ timeout: 120_000 });
test.afterAll(removeFolders);

/** Set if `npm run test:node` tries another Node than the one that runs the tests. */
const programs = process.env.KEYDESK_NODE_FOLDER;
const otherNode: Record<string, string> = programs
  ? { PATH: `${programs}${delimiter}${process.env.PATH}` }
  : {};

async function npmStart(folder: string) {
  const settings = { DATA_DIR: folder, PORT: '0', VERIFY_PORT: '0', HOST: '127.0.0.1' };
  const npm = run(['npm', 'start', '--silent'], { ...settings, ...otherNode }, productSource());
  await until(() => npm.said().includes('ready at') || npm.child.exitCode !== null, 200);
  return { ...npm, address: /ready at (\S+)/.exec(npm.said())?.[1] ?? npm.said() };
}

const statusOf = (address: string) =>
  new Promise<number | undefined>((resolve) => {
    get(address, (answer) => resolve(answer.resume().statusCode)).once('error', () =>
      resolve(undefined),
    );
  });

/** The purpose of the desk: a person signs in and makes keys, and a service asks about one. */
async function createAndVerify(address: string, password: string) {
  const browser = plainBrowser(address);
  await browser.signIn('admin', password);
  await browser.submit('/users/new', ['username'], { username: 'grace', active: 'yes' });
  const makeKey = async (scopes: string) => {
    const fields = { user: 'grace', active: 'yes', scopes };
    const { text } = await browser.submit('/keys/new', ['requestId', 'user'], fields);
    return /kd_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? text;
  };
  const service = await makeKey('keydesk:verify');
  const answer = await fetch(`${address}/api/v1/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service}` },
    body: JSON.stringify({ key: await makeKey('') }),
  });
  return answer.json();
}

test.describe('npm start in a new folder', () => {
  test('prints address and password once, makes and verifies a key, starts again in seconds, and leaves nothing behind', async () => {
    const folder = closedFolder();
    const first = await npmStart(folder);
    const [, password = ''] =
      /^Sign in as admin with the password (\w{20,}) \(shown this once\)\.$/m.exec(first.said()) ??
      [];
    const used = process.env.KEYDESK_NODE_MAJOR ?? process.versions.node.split('.')[0];
    expect(first.said()).toContain(`"node":"v${used}.`);
    expect(await createAndVerify(first.address, password)).toMatchObject({ code: 'VALID' });
    first.child.kill('SIGTERM');
    await first.ended;
    await until(() => postgresIn(folder) === undefined);

    const began = Date.now();
    const second = await npmStart(folder);
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(second.said()).not.toMatch(/password|Building/);

    // A killed npm leaves neither server nor database.
    const pid = postgresIn(folder)!;
    second.child.kill('SIGKILL');
    await until(() => !isAlive(pid), 40);
    expect(await statusOf(second.address)).toBeUndefined();
  });
});
