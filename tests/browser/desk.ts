import {
  type Browser,
  test as base,
  type Cookie,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { startMailServer } from './mail-server';
import { type Desk, startDesk } from './start-desk';

export type { SignedDesk };
export { expect };

export const admin = { username: 'admin', password: 'correct horse battery staple' };

/** Signs in through the page, and waits for the requested page. */
export async function signIn(page: Page, path = '/keys', who = admin) {
  await page.goto(path);
  await enterCredentials(page, who);
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
}

/** Fills in the form of the sign-in page and sends it. */
export async function enterCredentials(page: Page, { username, password } = admin) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function signOut(page: Page) {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}

/** Pixels by which the page is wider than the window; zero or below if it is not. */
export const excessWidth = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** The row of the report with this username. */
export function rowOf(page: Page, username: string) {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: username }) });
}

/** Waits until scripts answer for this element: before that, it does what it does without them. */
export const untilAlive = (element: Locator) =>
  expect
    .poll(() => element.evaluate((node) => Object.keys(node).some((key) => /^__react/.test(key))))
    .toBe(true);

let serial = 0;

/** A name that no other test uses. */
export const freshName = (stem: string) => `${stem}-${process.pid}-${++serial}`;

type SignedDesk = Desk & {
  cookies: Cookie[];
  /** What it has mailed so far. */
  mails: string[];
};
type WorkerFixtures = { desk: SignedDesk };

/** Opens a page as `admin`, who has signed in before. */
export async function enter(page: Page, desk: SignedDesk, path = '/keys') {
  await page.context().addCookies(desk.cookies);
  await page.goto(path);
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
}

/** The cookies of a browser in which `admin` has signed in. */
export async function signedCookies(browser: Browser, desk: Desk): Promise<Cookie[]> {
  const context = await browser.newContext({ baseURL: desk.url });
  await signIn(await context.newPage());
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/**
 * Each worker has a server and a database of its own, for as many files as possible. The desk is empty except for
 * `admin`, logs each request, has mail, and may post to this machine.
 */
export const test = base.extend<object, WorkerFixtures>({
  desk: [
    async ({ browser }, use) => {
      const { url, mails, close } = await startMailServer();
      const settings = () => ({
        ...{ SMTP_URL: url, SMTP_FROM: 'desk@example.org' },
        WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8',
        LOG_LEVEL: 'debug',
      });
      const desk = await startDesk(admin, { settings });
      try {
        await use({ ...desk, mails, cookies: await signedCookies(browser, desk) });
      } finally {
        await desk.stop();
        close();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ desk }, use) => {
    await use(desk.url);
  },
});
