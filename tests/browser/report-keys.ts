import type { Page } from '@playwright/test';
import { enter, expect, freshName, type SignedDesk } from './desk';
import { plantKey } from './planted-key';

/** Opens the report, in which a new user has a key. */
export async function givenKey(page: Page, desk: SignedDesk, stem: string) {
  const { name } = await plantKey(desk, stem);
  await enter(page, desk);
  return { name };
}

/** A user with one key, made through the screens. */
export async function makeKey(page: Page, desk: SignedDesk, stem: string) {
  const name = freshName(stem);
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const secret = await page.getByTestId('secret').innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible();
  return { name, secret };
}

/** Waits for the filtered report. A key just made also stands first in the report of all keys. */
export async function search(page: Page, username: string, status = 'All') {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Status').selectOption(status);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(({ searchParams }) => searchParams.get('username') === username);
}
