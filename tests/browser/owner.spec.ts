import { enter, expect, rowOf, test } from './desk';
import { priyas } from './owner-keys';

test.describe('the keys of one user @plain', () => {
  test('are nobody else’s, also where the other name contains theirs', async ({ page, desk }) => {
    const { name, id, other } = await priyas(desk, 4);
    await enter(page, desk, `/users/${id}`);
    await expect(page.getByText('This user has no keys.')).toBeVisible();
    await page.getByRole('link', { name: '0 keys' }).click();
    await expect(page.getByText(`Owner: ${name}`, { exact: true })).toBeVisible();
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await expect(page.getByRole('form', { name: 'Change selected keys' })).toHaveCount(0);
    await page.goto(`/users?username=${name}`);
    await page.getByRole('link', { name: `4 keys of ${name}.n` }).click();
    await expect(page).toHaveURL(`${desk.url}/keys?owner=${other}`);
    await expect(rowOf(page, `${name}.n`)).toHaveCount(4);
    await page.getByRole('button', { name: 'More' }).click();
    const file = page.getByRole('link', { name: 'Export CSV' });
    await expect(file).toHaveAttribute('href', `/keys/export?owner=${other}`);
  });

  test('stand on the page of the user, the newest 25 with the way to all', async ({
    page,
    desk,
  }) => {
    const { other } = await priyas(desk, 27);
    await desk.query(
      `update api_key set deleted_at = now() where owner_id = $1 and name = 'no 27'`,
      [other],
    );
    await enter(page, desk, `/users/${other}`);
    const table = page.getByRole('table', { name: 'API keys' });
    await expect(table.getByRole('row')).toHaveCount(26);
    await expect(table.getByRole('row').nth(1)).toContainText('no 26');
    await page.getByRole('link', { name: 'All 26 keys' }).click();
    await expect(page).toHaveURL(`${desk.url}/keys?owner=${other}`);
    await page.goBack();
    await table.getByRole('link', { name: 'kd_AbCd…wXyZ' }).first().click();
    await expect(page.getByRole('heading', { name: /of priya/, level: 1 })).toBeVisible();
  });
});
