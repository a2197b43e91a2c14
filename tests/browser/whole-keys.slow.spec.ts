import { expect, test } from './desk';
import { makeKey } from './report-keys';
import { addresses, sentence } from './whole-keys';

test('nor does a filter beside it, a scope or a second Search send it', async ({ page, desk }) => {
  const { secret } = await makeKey(page, desk, 'keyed');
  const asked = addresses(page);
  await page.getByLabel('Username').fill(secret);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByLabel('Status').selectOption('Active');
  await expect(page.getByText(sentence)).toBeVisible();
  await page.goto('/keys/new');
  await page.getByText('More options').click();
  await page.getByLabel('Scopes').fill(`reports:read ${secret}`);
  await expect(page.getByText(sentence)).toBeVisible();
  expect(asked.filter((url) => url.includes(secret))).toEqual([]);
});

test('a session that ends puts no key of a form into the way back @plain', async ({
  page,
  desk,
}) => {
  const { name, secret } = await makeKey(page, desk, 'keyed');
  await page.goto('/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Name', { exact: true }).fill(`was ${secret}`);
  await page.context().clearCookies();
  const asked = addresses(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(page.url()).toContain(name);
  expect(decodeURIComponent(page.url())).not.toContain(secret);
  expect(asked.filter((url) => url.includes(secret))).toEqual([]);
});
