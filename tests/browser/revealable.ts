import type { Page } from '@playwright/test';
import { enter, expect, freshName, type SignedDesk } from './desk';

/** A revealable key, made through the form. */
export async function makeRevealable(page: Page, desk: SignedDesk) {
  const name = freshName('ren');
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await desk.query('update session set proved_at = now()');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByText('More options').click();
  await expect(page.getByLabel('Revealable')).not.toBeChecked();
  await page.getByLabel('Revealable').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Only an admin can reveal it again')).toBeVisible();
  const secret = await page.getByTestId('secret').innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.goto(`/keys?username=${name}`);
  return { name, secret };
}

export async function reveal(page: Page, reason = 'the job lost it') {
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Reveal' }).click();
}

export const shown = (page: Page) => page.getByTestId('secret');
