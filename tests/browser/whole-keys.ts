import type { Page } from '@playwright/test';
import { enter, expect, freshName, type SignedDesk } from './desk';

export const sentence = 'This looks like a whole key.';

/** A key made through its form, and its owner. */
export async function makeKey(page: Page, desk: SignedDesk) {
  const name = freshName('keyed');
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const secret = await page.getByTestId('secret').innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible();
  return { name, secret };
}

/** Every address requested from now on. */
export function addresses(page: Page) {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  return asked;
}
