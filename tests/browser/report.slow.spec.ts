import { enter, expect, freshName, rowOf, test } from './desk';
import { givenKey, makeKey, search } from './report-keys';

test.describe('the report @plain', () => {
  test('refuses a search over 100 characters at the field', async ({ page, desk }) => {
    await enter(page, desk);
    await search(page, 'x'.repeat(101));
    await expect(page.getByText('Search for at most 100 characters.')).toBeVisible();
    await expect(page.getByLabel('Username')).toHaveValue('x'.repeat(101));
  });
});

test.describe('pages of the report @plain', () => {
  test('lead on, back, to the end and to the beginning, in the order of a column', async ({
    page,
    desk,
  }) => {
    const name = freshName('lou');
    const id = await desk.addUser(name);
    await desk.query(
      `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       select gen_random_uuid(), $1, sha256(('${name}' || n)::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
       from generate_series(1, 80) n`,
      [id],
    );
    const go = (link: string) => page.getByRole('link', { name: link, exact: true }).click();
    const begins = (number: string) =>
      expect(page.getByRole('row').nth(1).getByRole('cell').first()).toHaveText(number);
    await enter(page, desk, `/keys?username=${name}`);
    await go('Expires');
    await expect(page.getByRole('columnheader', { name: 'Expires' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await go('Next');
    await begins('26');
    await go('Last');
    await begins('76');
    await expect(page.getByText('80 keys · page 4 of 4')).toBeVisible();
    await go('Previous');
    await begins('51');
    const link = page.url();
    await go('First');
    await begins('1');
    await page.goto(link);
    await begins('51');
    await go('Expires');
    await begins('1');
    await expect(page).toHaveURL(/sort=-expires/);
  });
});

test.describe('Edit @plain', () => {
  test('changes nothing after Cancel', async ({ page, desk }) => {
    const { name, secret } = await makeKey(page, desk, 'max');
    await search(page, name);
    await rowOf(page, name).getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(rowOf(page, name)).toContainText(`${secret.slice(0, 7)}…${secret.slice(-4)}`);
  });
});

test.describe('Delete @plain', () => {
  test('of what is already gone says so', async ({ page, desk }) => {
    const { name } = await givenKey(page, desk, 'pia');
    await search(page, name);
    await rowOf(page, name).getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('Do you want')).toBeVisible();
    await desk.query(
      `update api_key set deleted_at = now() where owner_id = (select id from directory_user where username = $1)`,
      [name],
    );
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expect(page.getByText('This record had already been deleted.')).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
  });
});

test('shortcuts and a second skip link lead to search, rows and a new key', async ({
  page,
  desk,
}) => {
  await givenKey(page, desk, 'uli');
  await page.goto('/keys');
  for (const link of ['Skip to content', 'Skip to report']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: link })).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Select all on this page')).toBeFocused();
  await page.keyboard.press('?');
  const shown = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(shown).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect(shown).toBeHidden();
  await page.keyboard.press('/');
  await page.keyboard.type('n?');
  await expect(page.getByLabel('Username')).toHaveValue('n?');
  await expect(shown).toBeHidden();
  await page.getByRole('button', { name: 'Search' }).focus();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'Add New API Key' })).toBeVisible();
});

test('a key that was made a moment ago is lit, and named beside the rows @plain', async ({
  page,
  desk,
  javaScriptEnabled,
}) => {
  const { name } = await givenKey(page, desk, 'ute');
  const [key] = await desk.query<{ id: string }>(
    'select k.id from api_key k join directory_user u on u.id = k.owner_id where u.username = $1',
    [name],
  );
  await page.goto(`/keys?username=${name}&added=${key?.id}`);
  await expect(rowOf(page, name)).toHaveClass('lit');
  await expect(page.getByText(`of ${name} added.`)).toBeVisible();
  if (javaScriptEnabled === false) return;
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(`of ${name} added.`)).toBeHidden();
});

test('on a card what can be done is behind "…", also without JavaScript @plain', async ({
  page,
  desk,
}) => {
  const { name } = await givenKey(page, desk, 'uwe');
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`/keys?username=${name}`);
  const row = rowOf(page, name);
  await expect(row.getByRole('button', { name: 'Delete' })).toBeHidden();
  await row.getByRole('button', { name: 'Actions' }).click();
  await row.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Do you want to delete this record?')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Do you want to delete this record?')).toBeHidden();
});
