import { enter, expect, freshName, rowOf, test } from './desk';

test.describe('scopes of a key @plain', () => {
  test('are granted with the key, shown, changed, and refused at the field', async ({
    page,
    desk,
  }) => {
    const name = freshName('sue');
    await desk.addUser(name);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByText('More options').click();
    const scopes = page.getByLabel('Scopes');
    await scopes.fill('reports:read läsa');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('"läsa" cannot be a scope')).toBeVisible();
    await expect(scopes).toHaveAccessibleDescription(/cannot be a scope/);
    await expect(scopes).toHaveValue('reports:read läsa');
    await scopes.fill(' reports:read  keydesk:verify ');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(`API key generated for ${name}.`)).toBeVisible();
    await page.getByRole('button', { name: 'I have copied it' }).click();

    await rowOf(page, name).getByRole('link', { name }).click();
    await page
      .getByRole('navigation', { name: 'Parts of this page' })
      .getByRole('link', { name: 'Settings' })
      .click();
    await expect(scopes).toHaveValue('reports:read keydesk:verify');
    await scopes.fill('reports:write');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(scopes).toHaveValue('reports:write');
    await page.getByRole('link', { name: 'History' }).click();
    await expect(
      page.getByText('Scopes: reports:read keydesk:verify → reports:write'),
    ).toBeVisible();
    await page.getByRole('link', { name: 'All events of this user’s keys' }).click();
    await expect(page.getByText(`Keys of ${name}`)).toBeVisible();
    await expect(page.getByText('reports:read keydesk:verify → reports:write')).toBeVisible();
  });
});
