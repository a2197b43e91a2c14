import type { Page } from '@playwright/test';

/** Makes a key that is handed over, from the form of a new key. @returns the link, which is shown */
export async function handOver(page: Page): Promise<string> {
  await page.getByLabel('User', { exact: true }).fill('priya.n');
  await page.getByLabel('Name', { exact: true }).fill('laptop');
  await page.getByLabel('Hand it over by a link').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  return (await page.getByTestId('secret').textContent()) ?? '';
}

/** Opens the link as its user does, up to the key. */
export async function collect(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Show the key' }).click();
  await page.getByTestId('secret').waitFor();
}
