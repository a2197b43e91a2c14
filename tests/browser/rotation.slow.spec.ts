import { enter, expect, rowOf, test } from './desk';
import { usedKey } from './used-key';

test.describe('a key in use @plain', () => {
  test('is named with its calls where its owner is to be deleted', async ({ page, desk }) => {
    const { id } = await usedKey(desk, 'owner-used');
    const [owner] = await desk.query<{ owner_id: string }>(
      'select owner_id from api_key where id = $1',
      [id],
    );
    await enter(page, desk, `/users/${owner?.owner_id}/delete`);
    await expect(page.getByText('1 of 1 key used; 1,000 calls')).toBeVisible();
    await expect(page.getByRole('row', { name: 'reports' })).toContainText('2,000 calls');
    await expect(page.getByLabel('Also delete their 1 key')).not.toBeChecked();
  });

  test('is switched off after a question, and switched on without', async ({ page, desk }) => {
    const { name } = await usedKey(desk, 'switch-used');
    await enter(page, desk, `/keys?username=${name}`);
    await rowOf(page, name).getByRole('switch').click();
    await expect(page.getByText('Switch this key off?')).toBeVisible();
    await expect(page.getByText('192.0.2.17')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(rowOf(page, name).getByRole('switch')).toBeChecked();
    await rowOf(page, name).getByRole('switch').click();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`of ${name} was switched off.`)).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(rowOf(page, name).getByRole('switch')).not.toBeChecked();
    await rowOf(page, name).getByRole('switch').click();
    await expect(page.getByText(`of ${name} was switched on.`)).toBeVisible();
  });
});
