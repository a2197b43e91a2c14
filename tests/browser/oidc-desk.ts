import type { Page } from '@playwright/test';
import { freePort } from '../../scripts/free-port';
import { providerSettings, type RunningProvider, startProvider } from '../oidc/start-provider';
import { admin, test as base, expect } from './desk';
import { type Desk, startDesk } from './start-desk';

export type OidcDesk = Desk & { provider: RunningProvider };

/** A desk with a real provider, which runs as a process of its own. */
export const test = base.extend<object, { oidc: OidcDesk }>({
  oidc: [
    async ({ browser: _browser }, use) => {
      const port = await freePort();
      const provider = await startProvider(await freePort(), `http://localhost:${port}`);
      const settings = () => ({
        ...{ ...providerSettings(provider.issuer), OIDC_SCOPE: 'openid profile email' },
        LOG_LEVEL: 'debug',
      });
      const desk = await startDesk(admin, { port, settings });
      try {
        await use({ ...desk, provider });
      } finally {
        await desk.stop();
        await provider.stop();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ oidc }, use) => {
    await use(oidc.url);
  },
});

export const signOutButton = (page: Page) =>
  page.getByRole('button', { name: 'Sign out', exact: true });

/** Excludes the framework's own alert, which announces page titles. */
export const alertOf = (page: Page) => page.locator('[role=alert]:not(#__next-route-announcer__)');

/** Goes from the desk to the provider's form. */
export async function toProvider(page: Page, path = '/login') {
  await page.goto(path);
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await expect(page).toHaveTitle('Provider');
}

/** Enters `subject username groups email`, as the provider of these tests expects it. */
export async function sayAtProvider(page: Page, person: string) {
  await page.getByLabel('Person').fill(person);
  await page.getByRole('button', { name: 'Enter' }).click();
}

export async function enterAs(page: Page, person: string, path = '/login') {
  await page.context().clearCookies();
  await toProvider(page, path);
  await sayAtProvider(page, person);
}
