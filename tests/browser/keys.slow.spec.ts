import { enter, expect, freshName, test } from './desk';

test.describe('the secret in sight', () => {
  test('is copied, also where there is no clipboard API', async ({ page, desk, context }) => {
    const name = freshName('eve');
    await desk.addUser(name);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const secret = await page.getByTestId('secret').innerText();
    await page.evaluate(() => {
      const read = navigator.clipboard.readText.bind(navigator.clipboard);
      Object.assign(window, { readClipboard: read });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    const copy = page.getByRole('button', { name: 'Copy', exact: true });
    await expect(copy).toBeFocused();
    await copy.click();
    await expect(page.getByRole('button', { name: 'Copied ✓' })).toBeFocused();
    expect(await page.evaluate('readClipboard()')).toBe(secret);
    await page.getByRole('link', { name: 'Users' }).click();
    await expect(page).toHaveURL(/\/users$/);
  });
});

test('suggestions come while typing, and a disabled user cannot be taken', async ({
  page,
  desk,
}) => {
  const stem = freshName('ivy');
  await desk.addUser(`${stem}-on`);
  await desk.addUser(`${stem}-off`, { active: false });
  await enter(page, desk, '/keys/new');
  await expect(page.getByLabel('User', { exact: true })).toBeFocused();
  await page.keyboard.type(stem.slice(1));
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([
    `${stem}-on`,
    `${stem}-offdisabled`,
  ]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('User', { exact: true })).toHaveValue(stem.slice(1));
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('User', { exact: true })).toHaveValue(`${stem}-on`);
});
