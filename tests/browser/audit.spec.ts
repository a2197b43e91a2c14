import { readFileSync } from 'node:fs';
import { enter, expect, freshName, test } from './desk';

test.describe('exporting the audit @plain', () => {
  test('gives the events of the filter, after a proof that is not old', async ({ page, desk }) => {
    const [name, other] = [freshName('exported'), freshName('left-out')];
    await enter(page, desk, '/users/new');
    for (const username of [name, other]) {
      await page.goto('/users/new');
      await page.getByLabel('Username').fill(username);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page).not.toHaveURL(/\/users\/new/);
    }
    await desk.query(`update session set proved_at = now() - interval '6 minutes'`);
    await page.goto(`/audit?target=${name}`);
    await page.getByRole('button', { name: 'Export CSV' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
    await desk.query('update session set proved_at = now()');
    await page.goto(`/audit?target=${name}`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv).toContain(name);
    expect(csv).not.toContain(other);
  });
});
