import { expect, test } from './desk';
import { makeKey } from './report-keys';
import { addresses, sentence } from './whole-keys';

const fieldsOf = [
  ['/keys', 'Username'],
  ['/users', 'Username'],
  ['/audit', 'Actor'],
  ['/audit', 'Target'],
  ['/keys/new', 'User'],
] as const;

test('a whole key in any field that searches is offered to be identified by POST', async ({
  page,
  desk,
}) => {
  const { name, secret } = await makeKey(page, desk, 'keyed');
  const asked = addresses(page);
  for (const [path, label] of fieldsOf) {
    await page.goto(path);
    const before = page.url();
    const field = page.getByLabel(label, { exact: true });
    await field.fill(`  ${secret.slice(0, 20)} ${secret.slice(20)} `);
    await expect(page.getByText(sentence)).toBeVisible();
    if (path !== '/keys/new') await field.press('Enter');
    await page.getByRole('button', { name: 'Identify this key' }).click();
    await expect(page.getByText('the key is active.')).toBeVisible();
    await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    // The control: the search waits, and continues with another text.
    expect(page.url()).toBe(before);
    await field.fill('nobody-at-all');
    await expect(page.getByText(sentence)).toBeHidden();
    if (path !== '/keys/new') await expect(page).toHaveURL(/nobody-at-all/);
    else await expect.poll(() => asked.some((url) => url.endsWith('q=nobody-at-all'))).toBe(true);
  }
  expect(asked.filter((url) => url.replace(/[+ ]/g, '').includes(secret))).toEqual([]);
  expect(desk.log()).not.toContain(secret);
});

test('without scripts the field refuses it, and says so @plain-only', async ({ page, desk }) => {
  const { secret } = await makeKey(page, desk, 'keyed');
  const asked = addresses(page);
  for (const [path, label] of fieldsOf.slice(0, 4)) {
    await page.goto(path);
    const field = page.getByLabel(label, { exact: true });
    await field.fill('grace');
    await expect(page.getByText(sentence)).toBeHidden();
    await field.fill(secret);
    await expect(page.getByText(sentence)).toBeVisible();
    await field.press('Enter');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL(`${desk.url}${path}`);
  }
  await page.getByRole('link', { name: 'Identify this key' }).click();
  await page.getByLabel('Paste the whole key').fill(secret);
  await page.getByRole('button', { name: 'Identify', exact: true }).click();
  await expect(page.getByText('the key is active.')).toBeVisible();
  expect(asked.filter((url) => url.includes(secret))).toEqual([]);
});

test('in an address it is taken out, not searched for, and logged nowhere @plain', async ({
  page,
  desk,
}) => {
  const { secret } = await makeKey(page, desk, 'keyed');
  for (const path of [
    `/keys?username=${secret}&status=active`,
    `/users?username=+${secret}`,
    `/audit?target=${secret}`,
  ]) {
    await page.goto(path);
    await expect(page.getByText(sentence, { exact: true })).toBeVisible();
    await expect(page.getByLabel('Paste the whole key')).toBeVisible();
    expect(page.url()).not.toContain(secret);
    expect(await page.content()).not.toContain(secret);
  }
  await page.goto(`/keys/new?user=${secret}&name=reports`);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('reports');
  expect(page.url()).not.toContain(secret);
  await expect.poll(() => desk.log()).toContain('"path":"/keys/new"');
  expect(desk.log()).not.toContain(secret);
});
