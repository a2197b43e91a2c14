import { enter, expect, rowOf, test } from './desk';
import { usedKey } from './used-key';

test.describe('a key in use @plain', () => {
  test('is replaced with overlap, watched, and its old secret stopped', async ({ page, desk }) => {
    const { name, id } = await usedKey(desk, 'overlap');
    await enter(page, desk, `/keys?username=${name}`);
    await rowOf(page, name).getByRole('button', { name: 'Edit' }).click();
    await expect(page.getByText('1,000 calls', { exact: true })).toBeVisible();
    await expect(page.getByLabel('Old key stops working')).toHaveValue('now');
    await page.getByLabel('Old key stops working').selectOption('In 7 days');
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('The old one works until')).toBeVisible();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.goto(`/keys/${id}`);
    const panel = page.getByRole('region', { name: 'Old and new key both work' });
    await expect(panel.getByText('last used 3 minutes ago')).toBeVisible();
    await expect(panel.getByRole('row', { name: 'Old (secret 1)' })).toContainText('192.0.2.17');
    await expect(panel.getByRole('row', { name: 'New (secret 2)' })).toContainText(
      'no address reported',
    );
    await desk.query(
      `update key_source set last_seen = now() - interval '2 hours' where key_id = $1`,
      [id],
    );
    await page.reload();
    await expect(panel.getByText('not used for an hour: last used 2 hours ago')).toBeVisible();
    await panel.getByRole('button', { name: 'Stop the old key now' }).click();
    await expect(page.getByText('The old secret no longer works.')).toBeVisible();
    await expect(panel).toHaveCount(0);
    await page.getByRole('link', { name: 'History' }).click();
    await expect(page.getByText('Old secret revoked', { exact: true })).toBeVisible();
    await expect(page.getByText(/Old secret works until .* UTC/)).toBeVisible();
  });

  test('stays on when its switch is used, until the question is answered', async ({
    page,
    desk,
  }) => {
    const { name, id } = await usedKey(desk, 'page-used');
    await enter(page, desk, `/keys/${id}`);
    await page.getByRole('switch').click();
    await expect(page.getByText('Switch this key off?')).toBeVisible();
    await expect(page.getByText('192.0.2.17').last()).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page).toHaveURL(new RegExp(`/keys/${id}\\??$`));
    await expect(page.getByRole('switch')).toBeChecked();
    await page.getByRole('switch').click();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`of ${name} was switched off.`)).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('switch')).not.toBeChecked();
  });

  test('is deleted only by who types its username', async ({ page, desk }) => {
    const { name } = await usedKey(desk, 'delete-used');
    await enter(page, desk, `/keys?username=${name}`);
    await rowOf(page, name).getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('Do you want to delete this record?')).toBeVisible();
    await expect(page.getByText('2,000 calls', { exact: true })).toBeVisible();
    await page.getByLabel(`Type ${name} to confirm`).fill('somebody else');
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`Type the username "${name}"`)).toBeVisible();
    await page.getByLabel(`Type ${name} to confirm`).fill(name);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
  });
});
