import { expectAccessible } from './axe';
import { bar, boxes, change, ownerOf, tickAll } from './bulk-keys';
import { enter, expect, test } from './desk';

test.describe('changing many keys @plain', () => {
  test('asks first, changes the ticked ones and says so @plain-main', async ({ page, desk }) => {
    const name = await ownerOf(desk, 3);
    await enter(page, desk, `/keys?username=${name}`);
    await expect(bar(page)).toBeHidden();
    await boxes(page).nth(1).check();
    await expect(bar(page)).toBeInViewport();
    await bar(page).getByRole('button', { name: 'Clear' }).click();
    await expect(bar(page)).toBeHidden();
    await boxes(page).nth(0).check();
    await boxes(page).nth(2).check();
    await change(page, 'Switch off');
    await expect(page.getByRole('heading', { name: 'Switch off 2 API keys?' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('2 API keys switched off.')).toBeVisible();
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
    await tickAll(page, 620);
    await change(page, 'Delete');
    await expect(page.getByRole('heading', { name: 'Delete 620 API keys?' })).toBeVisible();
    await page.getByRole('button', { name: 'OK' }).click();
    if (!javaScriptEnabled) {
      await expect(page.getByText('500 of 620 done')).toBeVisible();
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    await expect(page.getByText('620 API keys deleted.')).toBeVisible();
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
    await tickAll(page, 510);
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
      await expect(page.getByText('500 of 510 done')).toBeVisible();
      await expect(page.getByLabel('Number of keys')).toHaveCount(0);
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    await expect(page.getByText('510 API keys deleted.')).toBeVisible();
  });
});
