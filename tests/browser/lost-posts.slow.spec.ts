import { times } from '../helpers/times';
import { enter, expect, test } from './desk';
import { loseAll, quick } from './lose-forms';
import { forms } from './lost-posts-forms';
import { plantKey } from './planted-key';

/** Forms with code of their own between the button and the server. `lost-posts.spec.ts` loses those of `quick`. */
const ofTheirOwn = ['a step of a bulk change', 'a file of keys', 'Sign out'];

loseAll(
  times(
    Object.keys(forms).filter((name) => !quick.includes(name)),
    ofTheirOwn,
  ),
);

test.describe('the database is named', () => {
  test('at the button and on the page, where it did not answer', async ({ page, desk }) => {
    const { name } = await plantKey(desk);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await desk.query('begin');
    await desk.query('lock table api_key in access exclusive mode');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('because its database did not answer')).toBeVisible();
    await expect(page.getByLabel('User', { exact: true })).toHaveValue(name);
    await page.goto('/keys/deleted');
    await expect(page.getByText('could not show this page, because its database')).toBeVisible();
    await desk.query('rollback');
    await page.getByRole('button', { name: 'Try again' }).click();
  });

  test('nowhere, where it answered that the question was wrong', async ({ page, desk }) => {
    await enter(page, desk, '/keys/new');
    await desk.query('alter table notice_delivery rename to something_else');
    await page.goto('/settings/notices');
    await expect(page.getByText('Something went wrong')).toBeVisible();
    await expect(page.getByText(/database/)).toHaveCount(0);
    await desk.query('alter table something_else rename to notice_delivery');
  });
});
