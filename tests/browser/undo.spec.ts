import type { Page } from '@playwright/test';
import { enter, expect, freshName, rowOf, type SignedDesk, test } from './desk';

async function ownerOf(desk: SignedDesk, keys: number) {
  const name = freshName('una');
  const { length } = await desk.query(
    `insert into api_key (id, owner_id, name, created_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, 'no ' || n, now() + n * interval '1 ms', sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) n returning id`,
    [await desk.addUser(name), keys],
  );
  expect(length).toBe(keys);
  return name;
}

async function deleteOnly(page: Page, name: string) {
  await rowOf(page, name).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
}

const activeSwitch = (page: Page, name: string) =>
  rowOf(page, name).getByRole('switch', { name: 'Active' });

test.describe('Undo @plain', () => {
  test('brings a key back as it was, on the list where it was deleted', async ({ page, desk }) => {
    const name = await ownerOf(desk, 26);
    await enter(page, desk, `/keys?username=${name}&sort=created&page=2`);
    await expect(rowOf(page, name)).toContainText('no 26');
    await deleteOnly(page, name);
    // Its page is gone with it, so only the first is left.
    await expect(rowOf(page, name)).toHaveCount(25);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText(`of ${name} restored.`)).toBeVisible();
    await expect(page).toHaveURL(/\/keys\?username=[^&]+&sort=created&page=2&restored=[0-9a-f-]+$/);
    await expect(rowOf(page, name)).toContainText('no 26');
    await expect(activeSwitch(page, name)).toBeChecked();
    await deleteOnly(page, name);
    await desk.query(
      `update api_key k set deleted_at = null, active = false from directory_user u
       where u.id = k.owner_id and u.username = $1 and k.deleted_at is not null`,
      [name],
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('was restored meanwhile. Nothing was changed.')).toBeVisible();
    await page.goto(`/keys?username=${name}&sort=created&page=2`);
    await expect(activeSwitch(page, name)).not.toBeChecked();
  });

  test('puts a switch back, unless somebody else was there', async ({ page, desk }) => {
    const name = await ownerOf(desk, 1);
    const list = `${desk.url}/keys?username=${name}&status=inactive`;
    await enter(page, desk, `/keys?username=${name}`);
    await activeSwitch(page, name).click();
    await expect(page.getByText('was switched off.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('was switched on again.')).toBeVisible();
    await expect(activeSwitch(page, name)).toBeChecked();
    await activeSwitch(page, name).click();
    await expect(page.getByText('was switched off.')).toBeVisible();
    await desk.query(
      `insert into audit_event (seq, at, actor, action, target_type, target_id, target, outcome, address)
       select (select max(seq) + 1 from audit_event), now(), 'somebody', 'key.update', 'key', k.id, '', 'done', ''
       from api_key k join directory_user u on u.id = k.owner_id where u.username = $1`,
      [name],
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('changed this key meanwhile. Nothing was changed.')).toBeVisible();
    await page.goto(list);
    await expect(activeSwitch(page, name)).not.toBeChecked();
  });

  test('is not offered after ten minutes; the bin brings it back switched off', async ({
    page,
    desk,
  }) => {
    const name = await ownerOf(desk, 1);
    await enter(page, desk, `/keys?username=${name}`);
    await deleteOnly(page, name);
    await desk.query(
      `update api_key set deleted_at = now() - interval '10 minutes' where owner_id =
         (select id from directory_user where username = $1)`,
      [name],
    );
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('You can undo your own deletion for 10 minutes.')).toBeVisible();
    await page.goto(page.url());
    await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    // On the first page of deleted keys, whatever others have deleted.
    await desk.query(
      `update api_key set deleted_at = now() - interval '29 days' where deleted_at is not null
         and owner_id <> (select id from directory_user where username = $1)`,
      [name],
    );
    await page.goto('/keys/deleted');
    await rowOf(page, name).getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByText('API key restored, but switched off.')).toBeVisible();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await expect(page.getByText(`of ${name} was switched on.`)).toBeVisible();
    await expect(page.getByText('API key restored')).toHaveCount(0);
  });
});
