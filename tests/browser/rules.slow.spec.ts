import { enter, expect, test } from './desk';
import { beginWithoutRules, dayIn, oldKey } from './rules-desk';

beginWithoutRules();

test.describe('rules for existing keys @plain', () => {
  test('a rule that has stopped itself asks on the overview and goes on', async ({
    page,
    desk,
  }) => {
    await desk.query(`insert into key_policy (idle_days, idle_since) values (60, now())
      on conflict (id) do update set idle_days = 60, idle_since = now()`);
    await desk.query(`insert into idle_run (id, day, due, active, allowed, held) values
      (gen_random_uuid(), (now() - interval '1 hour')::date, 37, 120, 12, true)`);
    await enter(page, desk, '/overview');
    await expect(page.getByText('has stopped itself: 37 of 120 active keys')).toBeVisible();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'has stopped itself' })
      .getByRole('link')
      .click();
    await expect(page.getByText('it switches off at most 12 a day')).toBeVisible();
    await page.getByRole('button', { name: 'Switch off these 37 keys' }).click();
    await expect(
      page.getByText('The keys are being switched off, about a thousand a minute.'),
    ).toBeVisible();
    await page.goto('/overview');
    await expect(page.getByText('has stopped itself')).toHaveCount(0);
  });

  test('the maximum lifetime: shown first, and then brought about', async ({ page, desk }) => {
    await oldKey(desk);
    await enter(page, desk, '/settings/policies');
    await expect(page.getByText('There is no maximum lifetime yet.')).toBeVisible();
    await page.getByLabel('Maximum lifetime (days)').fill('90');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.goto('/settings/policies');
    await page.getByRole('link', { name: 'Bring existing keys under the maximum' }).click();
    await page.getByLabel('No key ends before').fill(dayIn(0));
    await page.getByRole('button', { name: 'Show what it concerns' }).click();
    await expect(page.getByText('Choose a date from tomorrow')).toBeVisible();
    await page.getByLabel('No key ends before').fill(dayIn(60));
    await page.getByRole('button', { name: 'Show what it concerns' }).click();
    await expect(page.getByText(/^\d+ keys? gets? an end or an earlier one\.$/)).toBeVisible();
    await page.getByRole('button', { name: /^Give \d+ keys? an end$/ }).click();
    await expect(page.getByText(/got (their new|another) end\./)).toBeVisible();
  });
});
