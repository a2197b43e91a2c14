import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../../scripts/test/chromium';
import { administrator } from './product';

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Signs in like a person, and returns the state of the browser. */
export async function signedInState(browser: Browser, origin: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/login`);
  await page.getByLabel('Username').fill(administrator.username);
  await page.getByLabel('Password').fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Signs in like a person and returns the cookies, for callers that need no browser afterwards. */
export async function signInCookie(origin: string): Promise<string> {
  const browser = await openBrowser();
  const { cookies } = await signedInState(browser, origin);
  await browser.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

export type State = Awaited<ReturnType<BrowserContext['storageState']>>;
