import { get } from 'node:http';
import { expect, test } from '@playwright/test';
import { productSource } from '../helpers/product';
import { closedFolder, isAlive, postgresIn, removeFolders, run, until } from './processes';

test.describe.configure({ timeout: 120_000 });
test.afterAll(removeFolders);

async function npmStart(folder: string) {
  const settings = { DATA_DIR: folder, PORT: '0', VERIFY_PORT: '0', HOST: '127.0.0.1' };
  const npm = run(['npm', 'start', '--silent'], settings, productSource());
  await until(() => npm.said().includes('ready at') || npm.child.exitCode !== null, 200);
  return { ...npm, address: /ready at (\S+)/.exec(npm.said())?.[1] ?? npm.said() };
}

const statusOf = (address: string) =>
  new Promise<number | undefined>((resolve) => {
    get(address, (answer) => resolve(answer.resume().statusCode)).once('error', () =>
      resolve(undefined),
    );
  });

test.describe('npm start on a fresh folder', () => {
  test('prints address and password once, starts again in seconds, and leaves nothing behind', async () => {
    const folder = closedFolder();
    const first = await npmStart(folder);
    expect(first.said()).toMatch(
      /^Sign in as admin with the password \w{20,} \(shown this once\)\.$/m,
    );
    expect(await statusOf(first.address)).toBeLessThan(500);
    first.child.kill('SIGTERM');
    await first.ended;
    await until(() => postgresIn(folder) === undefined);

    const began = Date.now();
    const second = await npmStart(folder);
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(second.said()).not.toMatch(/password|Building/);

    // Killed, npm leaves neither server nor database.
    const pid = postgresIn(folder)!;
    second.child.kill('SIGKILL');
    await until(() => !isAlive(pid), 40);
    expect(await statusOf(second.address)).toBeUndefined();
  });
});
