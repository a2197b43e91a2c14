import { enter, expect, freshName, rowOf, test } from './desk';

const secretForm = /^kd_[0-9A-Za-z]{49}$/;

test.describe('adding a key @plain', () => {
  test('Save shows the secret once and goes back to the list as it was filtered @plain-main', async ({
    page,
    desk,
  }) => {
    const name = freshName('grace');
    await desk.addUser(name);
    await enter(page, desk, `/keys?username=${name}&status=active`);
    await page.getByRole('link', { name: 'Add New API Key' }).click();
    await expect(page.getByRole('heading', { name: 'Add New API Key' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Yes' })).toBeChecked();
    await page.getByLabel('User', { exact: true }).fill(` ${name.toUpperCase()} `);
    await page.getByLabel('Name').fill('<b>nightly</b> "report" 🔑');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText(`API key generated for ${name}.`)).toBeVisible();
    const secret = await page.getByTestId('secret').innerText();
    expect(secret).toMatch(secretForm);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page).toHaveURL(/\/keys\?username=grace-[\d-]+&status=active&added=[\w-]+$/);
    const row = rowOf(page, name);
    await expect(row).toContainText(`${secret.slice(0, 7)}…${secret.slice(-4)}`);
    await expect(row).toContainText('<b>nightly</b> "report" 🔑');
    await expect(page.locator('body')).not.toContainText(secret);
  });

  test('Save & add new keeps the key in sight and clears the form', async ({ page, desk }) => {
    const [first, second] = [freshName('ann'), freshName('bea')];
    await desk.addUser(first);
    await desk.addUser(second);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(first);
    await page.getByRole('radio', { name: 'No' }).check();
    await page.getByRole('button', { name: 'Save & add new' }).click();
    await expect(page.getByText(`API key generated for ${first}.`)).toBeVisible();
    await expect(page.getByLabel('User', { exact: true })).toHaveValue('');
    await expect(page.getByRole('radio', { name: 'Yes' })).toBeChecked();
    await page.getByLabel('User', { exact: true }).fill(second);
    await page.getByRole('button', { name: 'Save & add new' }).click();
    await expect(page.getByText(`API key generated for ${second}.`)).toBeVisible();
    const rows = await desk.query<{ active: boolean }>(
      `select k.active from api_key k join directory_user u on u.id = k.owner_id
       where u.username = any($1) order by k.created_at`,
      [[first, second]],
    );
    expect(rows.map((row) => row.active)).toEqual([false, true]);
  });

  test('refuses unknown, disabled and missing users at the field and keeps what was typed', async ({
    page,
    desk,
  }) => {
    const disabled = freshName('carol');
    await desk.addUser(disabled, { active: false });
    await enter(page, desk, '/keys/new');
    for (const [typed, message] of [
      ['no "such" <user>', 'User "no "such" <user>" is not in the database.'],
      [disabled, `User "${disabled}" is disabled.`],
      ['  ', 'Enter a username.'],
    ] as const) {
      await page.getByLabel('User', { exact: true }).fill(typed);
      await page.getByLabel('Name').fill('typed before');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText(message, { exact: true })).toBeVisible();
      await expect(page.getByLabel('User', { exact: true })).toHaveAccessibleDescription(message);
      await expect(page.getByLabel('Name')).toHaveValue('typed before');
    }
    expect(await desk.query(`select 1 from api_key where name = 'typed before'`)).toEqual([]);
  });

  test('Cancel stores nothing and goes back to the list as it was filtered', async ({
    page,
    desk,
  }) => {
    const name = freshName('dora');
    await desk.addUser(name);
    await enter(page, desk, `/keys?username=${name}`);
    await page.getByRole('link', { name: 'Add New API Key' }).click();
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page).toHaveURL(`${desk.url}/keys?username=${name}`);
    await expect(page.getByText('No API keys found.')).toBeVisible();
  });
});

test.describe('the secret in sight', () => {
  test('is not left without a second look', async ({ page, desk }) => {
    const name = freshName('fay');
    await desk.addUser(name);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByTestId('secret')).toBeVisible();
    await page.getByRole('link', { name: 'Users' }).click();
    await expect(page.getByText('Leave without copying it?')).toBeVisible();
    await page.getByRole('button', { name: 'Stay' }).click();
    await expect(page.getByTestId('secret')).toBeVisible();
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('button', { name: 'Leave without copying' }).click();
    await expect(page).toHaveURL(/\/users$/);
  });

  test('is gone after Back and reload, which make no second key', async ({ page, desk }) => {
    const name = freshName('gil');
    const id = await desk.addUser(name);
    const keys = () => desk.query(`select 1 from api_key where owner_id = '${id}'`);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).dblclick();
    const secret = await page.getByTestId('secret').innerText();
    expect(await keys()).toHaveLength(1);
    await page.reload();
    await expect(page.locator('body')).not.toContainText(secret);
    await page.goto('/keys');
    await page.goBack();
    await expect(page.locator('body')).not.toContainText(secret);
    expect(await keys()).toHaveLength(1);
  });
});

test('a POST that is sent again makes no second key @plain-only', async ({ page, desk }) => {
  const name = freshName('hal');
  const id = await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByTestId('secret')).toBeVisible();
  await page.reload();
  await expect(page.getByText('This form was sent before')).toBeVisible();
  expect(await desk.query(`select 1 from api_key where owner_id = '${id}'`)).toHaveLength(1);
});
