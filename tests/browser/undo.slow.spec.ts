import { enter, expect, rowOf, test } from './desk';
import { activeSwitch, deleteOnly, ownerOf } from './undo-keys';

test.describe('Undo @plain', () => {
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
