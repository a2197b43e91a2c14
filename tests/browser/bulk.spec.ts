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

const bar = (page: Page) => page.getByRole('form', { name: 'Change selected keys' });
const change = (page: Page, verb: string) =>
  bar(page).getByRole('button', { name: verb, exact: true }).click();

/** All that match, which is offered once something is ticked. */
async function tickAll(page: Page, matching: number) {
  await boxes(page).first().check();
  await page.getByLabel(`Select all ${matching} matching`).check();
}

test.describe('changing many keys @plain', () => {
  test('asks first, changes the ticked ones and says so', async ({ page, desk }) => {
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

test('with the shift key a tick takes the rows between along, and the head ticks the page', async ({
  page,
  desk,
}) => {
  const name = await ownerOf(desk, 6);
  await enter(page, desk, `/keys?username=${name}`);
  await boxes(page).nth(1).click();
  await expect(page.getByText('1 selected')).toBeVisible();
  await boxes(page)
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 selected')).toBeVisible();
  const head = page.getByLabel('Select all on this page');
  await expect(head).not.toBeChecked();
  await head.check();
  await expect(page.getByText('6 selected')).toBeVisible();
  await head.uncheck();
  await expect(bar(page)).toBeHidden();
});
