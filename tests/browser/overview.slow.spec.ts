import { enter, expect, freshName, test } from './desk';
import { keysOf } from './overview-keys';

test.describe('somebody leaves @plain', () => {
  test('and keys that were kept stand on the overview until somebody decides', async ({
    page,
    desk,
  }) => {
    const name = freshName('gone');
    const id = await desk.addUser(name, { active: false });
    await keysOf(desk, id, 1);
    await enter(page, desk, '/overview');
    const list = page.getByRole('listitem').filter({ hasText: /keys? of disabled users/ });
    const link = list.getByRole('link', { name });
    if (!(await link.isVisible())) await list.getByText(/keys? of disabled users/).click();
    await link.click();
    await page.getByRole('radio', { name: 'Delete them' }).check();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('Their 1 key was deleted.')).toBeVisible();
    await page.goto('/overview');
    await expect(link).toHaveCount(0);
  });
});
