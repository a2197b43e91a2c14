import { freePort } from '../../scripts/free-port';
import { admin, enterCredentials, expect, signIn, test } from './desk';
import { type Desk, startDesk } from './start-desk';

test.describe('at another address than AUTH_URL @plain', () => {
  let elsewhere: Desk;
  let right: string;

  test.beforeAll(async () => {
    const port = await freePort();
    right = `http://desk.example:${port}`;
    elsewhere = await startDesk(admin, { port, settings: () => ({ AUTH_URL: right }) });
  });
  test.afterAll(() => elsewhere.stop());

  for (const path of ['/login?next=%2Fusers', '/login/code?next=%2Fusers']) {
    test(`${path} leads to the right one before anything is typed`, async ({ page }) => {
      await page.goto(`${elsewhere.probeUrl}${path}`);
      const notice = page.getByText('You cannot sign in at this address.');
      await expect(notice).toBeVisible();
      const link = page.getByRole('link', { name: right });
      await expect(link).toHaveAttribute('href', `${right}${path}`);
    });
  }

  test('signing in says the same, and nothing of a database', async ({ page }) => {
    await page.goto(`${elsewhere.probeUrl.replace('localhost', '127.0.0.1')}/keys`);
    await enterCredentials(page);
    await expect(page.getByText(`This form works only at ${right}.`)).toBeVisible();
    await expect(page.getByLabel('Username')).toBeVisible();
  });

  test('a proxy that asks by another name, or tells the right one, is believed', async () => {
    const answer = async (headers: Record<string, string>) =>
      (await fetch(`${elsewhere.probeUrl}/login`, { headers })).text();
    const words = 'You cannot sign in at this address.';
    expect(await answer({ 'x-forwarded-host': new URL(right).host })).not.toContain(words);
    expect(await answer({ 'x-forwarded-host': 'evil.example' })).toContain(words);
    expect(await answer({})).not.toContain('evil.example');
  });
});

test('127.0.0.1 counts as localhost: no word of it, and one can sign in @plain', async ({
  page,
  desk,
}) => {
  const twin = desk.url.replace('localhost', '127.0.0.1');
  await page.goto(`${twin}/login`);
  await expect(page.getByLabel('Username')).toBeVisible();
  await expect(page.getByText('You cannot sign in at this address.')).toHaveCount(0);
  await signIn(page, `${twin}/keys`);
  await expect(page).toHaveURL(`${twin}/keys`);
});
