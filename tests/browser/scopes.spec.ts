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
    const facts = page.getByRole('region', { name: 'Facts' });
    await expect(facts).toContainText('reports:read keydesk:verify');
    await expect(scopes).toHaveValue('reports:read keydesk:verify');
    await scopes.fill('reports:write');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(facts).toContainText('reports:write');
    await expect(scopes).toHaveValue('reports:write');
    await page.goto(`/audit?target=${name}`);
    await expect(page.getByText('reports:read keydesk:verify → reports:write')).toBeVisible();
  });
});
