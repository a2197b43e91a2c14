import { get } from 'node:http';
import { expect, test } from '@playwright/test';
import { makeKeys, npmStart, passwordIn, verdictOn } from './npm-start';
import { closedFolder, isAlive, postgresIn, removeFolders, until } from './processes';

test.describe.configure({ timeout: 120_000 });
test.afterAll(removeFolders);

const statusOf = (address: string) =>
  new Promise<number | undefined>((resolve) => {
    get(address, (answer) => resolve(answer.resume().statusCode)).once('error', () =>
      resolve(undefined),
    );
  });

test.describe('npm start in a new folder', () => {
  test('prints address and password once, makes and verifies a key, starts again in seconds, and leaves nothing behind', async () => {
    const folder = closedFolder();
    const first = await npmStart(folder);
    const used = process.env.KEYDESK_NODE_MAJOR ?? process.versions.node.split('.')[0];
    expect(first.said()).toContain(`"node":"v${used}.`);
    const keys = await makeKeys(first.address, passwordIn(first.said()));
    expect(await verdictOn(keys, first.address)).toMatchObject({ code: 'VALID' });
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
