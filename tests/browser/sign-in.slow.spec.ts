import { admin, expect, signIn, signOut, test } from './desk';
import { startDesk } from './start-desk';

test.describe('signing in @plain', () => {
  test('asks for both fields', async ({ page }) => {
    await page.goto('/login');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Enter a username.')).toBeVisible();
    await expect(page.getByText('Enter a password.')).toBeVisible();
  });
});

test.describe('signing out', () => {
  test('loses nothing of a form that can be kept', async ({ page, desk }) => {
    await signIn(page, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill('somebody');
    await page.getByLabel('Name').fill('kept');
    await page.getByRole('radio', { name: 'No' }).check();
    await desk.query(
      'delete from session where created_at = (select max(created_at) from session)',
    );
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.getByLabel('Username').fill(admin.username);
    await page.getByLabel('Password').fill(admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('User', { exact: true })).toHaveValue('somebody');
    await expect(page.getByLabel('Name')).toHaveValue('kept');
    await expect(page.getByRole('radio', { name: 'No' })).toBeChecked();
  });
});

test('two installations on one host leave each other’s sessions alone', async ({ page, desk }) => {
  const other = await startDesk(admin);
  try {
    await signIn(page, `${desk.url}/keys`);
    await signIn(page, `${other.url}/keys`);
    for (const { url } of [desk, other, desk]) {
      await page.goto(`${url}/keys`);
      await expect(page).toHaveURL(`${url}/keys`);
    }
    await page.goto(`${other.url}/keys`);
    await signOut(page);
    await page.goto(`${desk.url}/keys`);
    await expect(page).toHaveURL(`${desk.url}/keys`);
  } finally {
    await other.stop();
  }
});
