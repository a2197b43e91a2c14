import type { Browser, Page } from '@playwright/test';
import { enter, expect, freshName, type SignedDesk } from './desk';

export type Own = { browser: Browser; desk: SignedDesk; javaScriptEnabled: boolean | undefined };

/** The user's own browser, which has never seen the desk. */
export async function userBrowser({ browser, desk, javaScriptEnabled }: Own): Promise<Page> {
  const context = await browser.newContext({
    baseURL: desk.url,
    viewport: { width: 360, height: 740 },
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  });
  return context.newPage();
}

/** Opens the link as its user does. Without JavaScript it is pasted into the page as well. */
export async function open(
  user: Page,
  link: string,
  { javaScriptEnabled }: Pick<Own, 'javaScriptEnabled'>,
) {
  await user.goto(link);
  if (javaScriptEnabled === false) await user.getByLabel('Link').fill(link);
}

/** Makes a key for a new user as `admin`, and returns the link. */
export async function handOver(page: Page, desk: SignedDesk, stem: string, withCode = false) {
  const name = freshName(stem);
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Hand it over by a link').check();
  await expect(page.getByLabel('Link works for')).toHaveValue('24h');
  if (withCode) await page.getByLabel('Whoever has it and a six-digit code').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`API key for ${name} made. It waits to be collected.`)).toBeVisible();
  const link = (await page.getByTestId('secret').textContent()) ?? '';
  expect(link).toMatch(/\/collect\/[0-9a-f-]{36}#[A-Za-z0-9_-]{43}$/);
  return { name, link };
}
