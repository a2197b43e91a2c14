import { enter, expect, rowOf, test } from './desk';
import { activeSwitch, deleteOnly, ownerOf } from './undo-keys';

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
});
