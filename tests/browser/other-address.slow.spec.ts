import { freePort } from '../../scripts/free-port';
import { providerSettings, startProvider } from '../oidc/start-provider';
import { admin, expect, test } from './desk';
import { startDesk } from './start-desk';

test('single sign-on works where AUTH_URL is on 127.0.0.1', async ({ page }) => {
  const port = await freePort();
  const home = `http://127.0.0.1:${port}`;
  const provider = await startProvider(await freePort(), home);
  const settings = () => ({ ...providerSettings(provider.issuer), AUTH_URL: home });
  const desk = await startDesk(admin, { port, settings });
  try {
    await page.goto(`${home}/users`);
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
    await page.getByLabel('Person').fill('loop-1 looper desk-admins');
    await page.getByRole('button', { name: 'Enter' }).click();
    await expect(page).toHaveURL(`${home}/users`);
    await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
  } finally {
    await desk.stop();
    await provider.stop();
  }
});
