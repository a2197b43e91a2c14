import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { requireProgram } from '../helpers/require-program';
import { admin, enterCredentials, expect, test } from './desk';
import { type Desk, startDesk } from './start-desk';

/** Runs a command as somebody would who pastes it, and types what it asks for. */
async function run(command: string, { typed = '', set = {} } = {}): Promise<string> {
  const shell = promisify(execFile)('sh', ['-c', command], { env: { ...process.env, ...set } });
  shell.child.stdin?.end(typed);
  return (await shell).stdout;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test.describe('a newcomer @plain', () => {
  let desk: Desk;
  test.beforeAll(async () => {
    test.setTimeout(60_000);
    requireProgram('curl');
    desk = await startDesk(admin);
  });
  test.afterAll(() => desk.stop());

  test('verifies the first key five screens after the first sign-in', async ({ page }, info) => {
    const screens = ['/keys'];
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) screens.push(new URL(frame.url()).pathname);
    });
    await page.goto(`${desk.url}/keys`);
    await enterCredentials(page);
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await expect(
      page.getByText('Keys belong to users. Add a user first, then a key.'),
    ).toBeVisible();
    let clicks = 0;
    const step = async (act: Promise<void>) => {
      clicks++;
      await act;
    };
    await step(page.getByRole('link', { name: 'Add an API key' }).click());
    await page.getByLabel('User', { exact: true }).fill('grace.hopper');
    await step(press(page, 'Save'));
    await expect(page.getByText('User "grace.hopper" is not in the database.')).toBeVisible();
    await step(press(page, 'Add user grace.hopper and save'));
    await expect(page.getByText('API key generated for grace.hopper.')).toBeVisible();
    await step(page.getByText('How to use it').click());
    const command = await page.getByTestId('command').innerText();
    const isScripted = info.project.use.javaScriptEnabled !== false;
    if (isScripted) await step(press(page, 'Copy'));
    await step(page.getByRole('link', { name: 'Show service keys' }).click());
    await page.getByLabel('Owner').fill('gateway');
    await step(press(page, 'Add service key'));
    await step(press(page, 'Add user gateway and save'));
    await expect(page.getByText('API key generated for gateway.')).toBeVisible();
    // A service key asks about itself, as it stands; then about the first key.
    const own = JSON.parse(await run(await page.getByTestId('command').first().innerText()));
    expect(own).toMatchObject({ valid: true, user: { username: 'gateway' } });
    const SERVICE_KEY = await page.getByTestId('secret').innerText();
    const verdict = JSON.parse(await run(command, { set: { SERVICE_KEY } }));
    expect(verdict).toMatchObject({ valid: true, user: { username: 'grace.hopper' } });
    // The form of sign-in, then: the report, the form, the key, service keys, the service key.
    const shown = screens.slice(screens.lastIndexOf('/keys') - screens.length);
    info.annotations.push({
      type: 'first hour',
      description: `${clicks} clicks, ${shown.join(' ')}`,
    });
    expect(new Set(shown)).toEqual(new Set(['/keys', '/keys/new', '/settings/service-keys']));
    expect(clicks).toBeLessThanOrEqual(8);
    await press(page, 'I have copied it');
    const row = page.getByRole('row', { name: /gateway/ });
    await expect(row).toContainText('Ask whether keys are good');
    const asking = await page.getByTestId('command').innerText();
    const typed = `${SERVICE_KEY}\n${SERVICE_KEY}\n`;
    expect(await run(asking, { typed })).toContain('"valid":true');
  });
});
