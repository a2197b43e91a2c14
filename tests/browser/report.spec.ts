import { randomUUID } from 'node:crypto';
import { enter, expect, freshName, rowOf, test, untilAlive } from './desk';
import { givenKey, makeKey, search } from './report-keys';

test.describe('the report @plain', () => {
  test('filters by username and status, keeps both in the URL, and clears @plain-main', async ({
    page,
    desk,
  }) => {
    const { name } = await givenKey(page, desk, 'jo');
    await search(page, name.toUpperCase(), 'Active');
    await expect(rowOf(page, name)).toBeVisible();
    await expect(page).toHaveURL(/username=.+&status=active/i);
    await search(page, name, 'Inactive');
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await page.getByRole('link', { name: 'Clear' }).click();
    await expect(page).toHaveURL(`${desk.url}/keys`);
    await expect(page.getByLabel('Username')).toHaveValue('');
  });

  test('counts on across pages and has the columns of the contract', async ({ page, desk }) => {
    const name = freshName('kim');
    const id = await desk.addUser(name);
    await desk.query(
      `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       select gen_random_uuid(), $1, sha256(('${name}' || n)::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
       from generate_series(1, 30) n`,
      [id],
    );
    await enter(page, desk, `/keys?username=${name}`);
    await expect(page.getByRole('columnheader')).toContainText([
      'Sr. No.',
      'Username',
      'API Key',
      'Status',
      'Name',
      'Created',
      'Last used',
      'Expires',
    ]);
    await expect(page.getByRole('row').nth(1)).toContainText('kd_AbCd…wXyZ');
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(page.getByRole('row').nth(1).getByRole('cell').first()).toHaveText('26');
    await expect(page.getByRole('row')).toHaveCount(6);
  });
});

test.describe('Edit @plain', () => {
  test('asks, and OK puts a new secret in place of the old one @plain-main', async ({
    page,
    desk,
  }) => {
    const { name, secret } = await makeKey(page, desk, 'lea');
    await search(page, name);
    await rowOf(page, name).getByRole('button', { name: 'Edit', exact: true }).click();
    await expect(page.getByText('Are you sure you want to change this api key?')).toBeVisible();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    const fresh = await page.getByTestId('secret').innerText();
    expect(fresh).not.toBe(secret);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page.getByTestId('secret')).toBeHidden();
    await expect(rowOf(page, name)).toContainText(`${fresh.slice(0, 7)}…${fresh.slice(-4)}`);
    await expect(page).toHaveURL(new RegExp(name));
  });

  test('changes nothing when another administrator was faster', async ({ page, desk }) => {
    const { name } = await givenKey(page, desk, 'nat');
    await search(page, name);
    await rowOf(page, name).getByRole('button', { name: 'Edit', exact: true }).click();
    await expect(page.getByText('Are you sure')).toBeVisible();
    const faster = await desk.query<{ mac: string }>(
      `update api_key set secret_version = 2, secret_mac = sha256($1::text::bytea) where owner_id =
       (select id from directory_user where username = $2) returning secret_mac::text as mac`,
      [randomUUID(), name],
    );
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expect(page.getByText('Another administrator changed this key meanwhile.')).toBeVisible();
    const after = await desk.query<{ mac: string }>(
      `select secret_mac::text as mac from api_key k join directory_user u on u.id = k.owner_id where username = $1`,
      [name],
    );
    expect(after).toEqual(faster);
  });
});

test.describe('Delete @plain', () => {
  test('asks, and after OK the record is gone from the report @plain-main', async ({
    page,
    desk,
  }) => {
    const { name } = await givenKey(page, desk, 'oda');
    await search(page, name);
    await rowOf(page, name).getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByText('Do you want to delete this record?')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await rowOf(page, name).getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
    await expect(page.getByText('No API keys found.')).toBeVisible();
  });
});

test.describe('the status switch @plain', () => {
  test('turns a key off and on, and says so @plain-main', async ({ page, desk }) => {
    const { name } = await givenKey(page, desk, 'quin');
    await search(page, name);
    const row = rowOf(page, name);
    await expect(row.getByRole('switch', { checked: true })).toBeVisible();
    await row.getByRole('switch').click();
    await expect(row).toContainText('Inactive');
    await expect(page.getByText(`of ${name} was switched off.`)).toBeVisible();
    await row.getByRole('switch').click();
    await expect(page.getByText(`of ${name} was switched on.`)).toBeVisible();
    await expect(row.getByRole('switch', { checked: true })).toBeVisible();
  });
});

test.describe('one key @plain', () => {
  test('is named, switched, changed and remembered, a part of its page at a time', async ({
    page,
    desk,
  }) => {
    const { name } = await givenKey(page, desk, 'ria');
    await search(page, name);
    await rowOf(page, name).getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name: `of ${name}`, level: 1 })).toBeVisible();
    const trail = page.getByRole('navigation', { name: 'Breadcrumb' });
    await expect(trail.getByText('API keys')).toHaveAttribute('href', `/keys?username=${name}`);
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const facts = page.getByRole('region', { name: 'Facts' });
    await expect(facts.getByRole('definition')).toHaveText(['never', '0', '0', 'never']);
    await page.getByRole('switch').click();
    await expect(page.getByText('Inactive')).toBeVisible();
    const list = `/keys?username=${name}`;
    await page.goto(`/keys/${id}?back=${encodeURIComponent(list)}`);
    const part = (text: string) =>
      page
        .getByRole('navigation', { name: 'Parts of this page' })
        .getByRole('link', { name: text });
    await part('Settings').click();
    await page.getByLabel('Name').fill('billing');
    await page.getByLabel('Rate limit').fill('many');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Enter a whole number')).toBeVisible();
    await page.getByLabel('Rate limit').fill('5');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(page.getByLabel('Name')).toHaveValue('billing');
    await expect(page.getByRole('heading', { name: `billing of ${name}` })).toBeVisible();
    await part('History').click();
    const events = page.getByRole('region', { name: 'History' }).getByRole('listitem');
    await expect(events.nth(0)).toContainText('Name: none → billing; Rate limit: none → 5');
    await expect(events.nth(1)).toContainText('Key switched off');
    await trail.getByText('API keys').click();
    await expect(page).toHaveURL(new RegExp(`username=${name}$`));
  });
});

test('a disabled owner is marked, and the key is left as it is', async ({ page, desk }) => {
  const { name } = await givenKey(page, desk, 'sam');
  await desk.query('update directory_user set active = false where username = $1', [name]);
  await page.goto(`/keys?username=${name}`);
  await expect(rowOf(page, name)).toContainText('Active');
  await expect(rowOf(page, name)).toContainText('Owner disabled');
});

test('the keyboard alone is enough to delete a key', async ({ page, desk }) => {
  const { name } = await givenKey(page, desk, 'tess');
  await page.goto(`/keys?username=${name}`);
  const button = rowOf(page, name).getByRole('button', { name: 'Delete', exact: true });
  await untilAlive(button);
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('dialog', { name: 'Do you want to delete this record?' }),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'OK', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator(':focus')).toContainText('was deleted.');
});
