import { delimiter } from 'node:path';
import { plainBrowser } from '../helpers/plain-browser';
import { productSource } from '../helpers/product';
import { run, until } from './processes';

/** Set if `npm run test:node` tries another Node than the one that runs the tests. */
const programs = process.env.KEYDESK_NODE_FOLDER;
const otherNode: Record<string, string> = programs
  ? { PATH: `${programs}${delimiter}${process.env.PATH}` }
  : {};

export async function npmStart(folder: string) {
  const settings = { DATA_DIR: folder, PORT: '0', VERIFY_PORT: '0', HOST: '127.0.0.1' };
  const npm = run(['npm', 'start', '--silent'], { ...settings, ...otherNode }, productSource());
  await until(() => npm.said().includes('ready at') || npm.child.exitCode !== null, 200);
  return { ...npm, address: /ready at (\S+)/.exec(npm.said())?.[1] ?? npm.said() };
}

/** The password that a first start printed. */
export const passwordIn = (said: string): string =>
  /^Sign in as admin with the password (\w{20,}) \(shown this once\)\.$/m.exec(said)?.[1] ?? '';

export type Keys = { service: string; key: string };

/** A person signs in, and makes a key for a service and one for themselves. */
export async function makeKeys(address: string, password: string): Promise<Keys> {
  const browser = plainBrowser(address);
  await browser.signIn('admin', password);
  await browser.submit('/users/new', ['username'], { username: 'grace', active: 'yes' });
  const makeKey = async (scopes: string) => {
    const fields = { user: 'grace', active: 'yes', scopes };
    const { text } = await browser.submit('/keys/new', ['requestId', 'user'], fields);
    return /kd_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? text;
  };
  return { service: await makeKey('keydesk:verify'), key: await makeKey('') };
}

/** The service asks about the key. */
export async function verdictOn({ service, key }: Keys, address: string) {
  const answer = await fetch(`${address}/api/v1/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service}` },
    body: JSON.stringify({ key }),
  });
  return answer.json();
}
