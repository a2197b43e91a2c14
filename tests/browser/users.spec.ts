import { enter, expect, freshName, rowOf, test } from './desk';

test.describe('the directory @plain', () => {
  test('takes a new user, finds them, and refuses the same name in other letters @plain-main', async ({
    page,
    desk,
  }) => {
    const name = freshName('Uma');
    await enter(page, desk, '/users');
    await page.getByRole('link', { name: 'Add User' }).click();
    await expect(page.getByRole('heading', { name: 'Add User' })).toBeVisible();
    await page.getByLabel('Username').fill(name);
    await page.getByLabel('Display name').fill('Uma "the" <b>');
    await page.getByLabel('Email').fill('uma@example.org');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`User ${name} was added.`)).toBeVisible();
    await page.goto(`/users?username=${name.toUpperCase()}`);
    await expect(rowOf(page, name)).toContainText('Uma "the" <b>');
    await page.goto('/users/new');
    await page.getByLabel('Username').fill(name.toUpperCase());
    await page.getByLabel('Display name').fill('kept');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`User "${name}" already exists.`)).toBeVisible();
    await expect(page.getByLabel('Display name')).toHaveValue('kept');
  });

  test('disables a user, and says so beside their keys', async ({ page, desk }) => {
    const name = freshName('vic');
    const id = await desk.addUser(name);
    await enter(page, desk, `/users/${id}`);
    await page.getByRole('radio', { name: 'No' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.goto(`/users?username=${name}&status=disabled`);
    await expect(rowOf(page, name)).toContainText('Disabled');
  });

  test('deletes a user with keys only together with them', async ({ page, desk }) => {
    const name = freshName('wes');
    const id = await desk.addUser(name);
    await enter(page, desk, `/keys/new?user=${name}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.goto(`/users/${id}/delete`);
    await page.getByRole('button', { name: 'OK' }).click();
    // A box ticked before this answer would be cleared by it.
    await expect(page.getByText(`${name} has 1 key. Nothing was deleted.`)).toBeVisible();
    expect(
      await desk.query(`select 1 from directory_user where id = $1 and deleted_at is null`, [id]),
    ).toHaveLength(1);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(
      page.getByText(`User ${name}`, { exact: false }).filter({ hasText: 'deleted' }),
    ).toBeVisible();
    expect(
      await desk.query(`select 1 from api_key where owner_id = $1 and deleted_at is null`, [id]),
    ).toEqual([]);
  });

  test('imports a file after a dry run, all lines or none', async ({ page, desk }) => {
    const [one, two, taken] = [freshName('imp'), freshName('imp'), freshName('imp')];
    await desk.addUser(taken);
    const file = (...names: string[]) => ({
      name: 'users.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        ['username,display_name', ...names.map((name) => `${name},"A, B"`)].join('\r\n'),
      ),
    });
    await enter(page, desk, '/users/import');
    await page.getByLabel('CSV file').setInputFiles(file(one, taken.toUpperCase(), two));
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText(/already exists/i)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Import \d/ })).toBeHidden();
    expect(await desk.query('select 1 from directory_user where username = $1', [one])).toEqual([]);
    await page.goto('/users/import');
    await page.getByLabel('CSV file').setInputFiles(file(one, two));
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: 'Import 2 users' }).click();
    await expect(page.getByText(/2 users were imported|2 users/).first()).toBeVisible();
    await expect
      .poll(() => desk.query('select 1 from directory_user where username = any($1)', [[one, two]]))
      .toHaveLength(2);
  });
});

test.describe('the audit @plain', () => {
  test('lists what was done, newest first, and filters it', async ({ page, desk }) => {
    const name = freshName('xen');
    await desk.addUser(name);
    await enter(page, desk, `/keys/new?user=${name}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.goto('/audit');
    await page.getByLabel('Target').fill(name);
    await page.getByLabel('Actor').fill('ADMIN');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('row').nth(1)).toContainText('Key created');
    await expect(page.getByRole('row').nth(1)).toContainText('127.0.0.1');
  });
});
