import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { enter, expect, freshName, type SignedDesk, test } from './desk';

async function ownerOf(desk: SignedDesk, keys: number) {
  const name = freshName('bulk');
  await desk.query(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int)`,
    [await desk.addUser(name), keys],
  );
  return name;
}

const boxes = (page: Page) => page.getByRole('checkbox', { name: /^Select kd_/ });

async function change(page: Page, verb: string) {
  await page.getByLabel('What to do').selectOption(verb);
  await page.getByRole('button', { name: 'Change keys' }).click();
}

test.describe('changing many keys @plain', () => {
  test('asks first, changes the ticked ones and says so', async ({ page, desk }) => {
    const name = await ownerOf(desk, 3);
    await enter(page, desk, `/keys?username=${name}`);
    await change(page, 'Switch off');
    await expect(page.getByText('Select keys first.')).toBeVisible();
    await boxes(page).nth(0).check();
    await boxes(page).nth(2).check();
    await change(page, 'Switch off');
    await expect(page.getByRole('heading', { name: 'Switch off 2 API keys?' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('2 API keys were switched off.')).toBeVisible();
    await page.getByRole('button', { name: 'Back to API keys' }).click();
    await expect(page).toHaveURL(new RegExp(`/keys\\?username=${name}`));
    await expect(page.getByRole('cell', { name: 'Inactive' })).toHaveCount(2);
  });

  test('takes all that the search finds, beyond the page', async ({
    page,
    desk,
    javaScriptEnabled,
  }) => {
    const name = await ownerOf(desk, 620);
    await enter(page, desk, `/keys?username=${name}`);
    await page.getByLabel('All that the search finds').check();
    await change(page, 'Delete');
    await expect(page.getByRole('heading', { name: 'Delete 620 API keys?' })).toBeVisible();
    await page.getByRole('button', { name: 'OK' }).click();
    if (!javaScriptEnabled) {
      await expect(page.getByText('500 of 620 keys are done.')).toBeVisible();
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    await expect(page.getByText('620 API keys were deleted.')).toBeVisible();
    await page.getByRole('button', { name: 'Back to API keys' }).click();
    await expect(page.getByText('No API keys found.')).toBeVisible();
  });

  test('says whom it would hurt, and deletes keys in use only by their number', async ({
    page,
    desk,
    javaScriptEnabled,
  }) => {
    const name = await ownerOf(desk, 510);
    await desk.query(
      `with used as (
         update key_last_use set used_at = now() where key_id in (
           select k.id from api_key k join directory_user o on o.id = k.owner_id where o.username = $1 limit 2)
         returning key_id as id
       )
       insert into key_usage (key_id, hour, code, version, count)
       select id, date_trunc('hour', now()), 'VALID', 1, 1234 from used`,
      [name],
    );
    await enter(page, desk, `/keys?username=${name}`);
    await page.getByLabel('All that the search finds').check();
    await change(page, 'Delete');
    await expect(page.getByText('2 of 510 keys used; 2,468 calls')).toBeVisible();
    await expect(page.getByRole('row', { name })).toHaveCount(2);
    await expect(page.getByRole('row', { name }).first()).toContainText('1,234 calls');
    await expectAccessible(page);
    await page.getByLabel('Number of keys').fill('51');
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('Type 510, the number of keys')).toBeVisible();
    await expect(page.getByLabel('Number of keys')).toHaveValue('51');
    await page.getByLabel('Number of keys').fill('510');
    await page.getByRole('button', { name: 'OK' }).click();
    if (!javaScriptEnabled) {
      await expect(page.getByText('500 of 510 keys are done.')).toBeVisible();
      await expect(page.getByLabel('Number of keys')).toHaveCount(0);
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    await expect(page.getByText('510 API keys were deleted.')).toBeVisible();
  });
});

test('with the shift key a tick takes the rows between along', async ({ page, desk }) => {
  const name = await ownerOf(desk, 6);
  await enter(page, desk, `/keys?username=${name}`);
  await expect(page.getByRole('button', { name: 'Select page' })).toBeVisible();
  await boxes(page).nth(1).click();
  await boxes(page)
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await expect(page.getByRole('button', { name: '4 selected' })).toBeVisible();
  await page.getByRole('button', { name: '4 selected' }).click();
  await page.getByRole('button', { name: 'Select page' }).click();
  await expect(page.getByRole('button', { name: '6 selected' })).toBeVisible();
});
