import { enter, expect, freshName, test } from './desk';

test.describe('what limits a key @plain', () => {
  test('begins with what the installation says, which may be changed', async ({ page, desk }) => {
    await desk.query('update session set proved_at = now()');
    await enter(page, desk, '/settings/policies');
    await page.getByLabel('Default lifetime (days)').fill('4000');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Enter a whole number from 1 to 3,650')).toBeVisible();
    await page.getByLabel('Default lifetime (days)').fill('45');
    await page.getByLabel('14 days before').check();
    await page.getByLabel('3 days before').check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Choose at most 4, and the day itself.')).toBeVisible();
    await expect(page.getByLabel('3 days before')).toBeChecked();
    await page.getByLabel('3 days before').uncheck();
    await page.getByLabel('On the day').check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(page.getByLabel('On the day')).toBeChecked();
    await page.goto('/keys/new');
    await expect(page.getByLabel('Expires')).toHaveValue('date');
    const value = await page.getByLabel('Date and time').inputValue();
    const ahead = (new Date(`${value}Z`).getTime() - Date.now()) / 86_400_000;
    expect(Math.round(ahead)).toBe(45);
    const name = freshName('endless');
    await desk.addUser(name);
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByLabel('Date and time').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Choose a date.')).toBeVisible();
    await page.getByLabel('Expires').selectOption('Never');
    await expect(page.getByLabel('Date and time')).toBeHidden();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByTestId('secret')).toBeVisible();
    const [key] = await desk.query<{ expires_at: Date | null }>(
      'select expires_at from api_key k join directory_user u on u.id = owner_id where username = $1',
      [name],
    );
    expect(key?.expires_at).toBeNull();
    await page.goto('/settings/policies');
    await page.getByLabel('Default lifetime (days)').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
  });
});
