import { enter, expect, test } from './desk';
import { beginWithoutRules, dayIn, oldKey, shown } from './rules-desk';

beginWithoutRules();

test.describe('rules for existing keys @plain', () => {
  test('unused keys: shown first, turned on, told at the key and turned off', async ({
    page,
    desk,
  }) => {
    const key = await oldKey(desk);
    await enter(page, desk, '/settings/policies');
    await page.getByRole('link', { name: 'Set up' }).click();
    await page.getByLabel('Switch off keys unused for (days)').fill('20');
    await page.getByRole('button', { name: 'Show what it concerns' }).click();
    await expect(page.getByText('Enter a whole number from 30 to 365.')).toBeVisible();
    await page.getByLabel('Switch off keys unused for (days)').fill('60');
    await page.getByRole('button', { name: 'Show what it concerns' }).click();
    await expect(
      page.getByText(/^\d+ of \d+ keys? ha(s|ve) not been used for 60 days/),
    ).toBeVisible();
    await expect(
      page.getByText(`switched off on ${shown(dayIn(61))} at the earliest`),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Turn on' }).click();
    await expect(page.getByText('The rule is on.', { exact: true })).toBeVisible();
    await expect(page.getByRole('cell', { name: /^\d+$/ }).first()).toBeVisible();
    await page.goto(`/keys/${key}`);
    await expect(
      page.getByText(`Will be switched off on ${shown(dayIn(61))} if it stays unused.`),
    ).toBeVisible();
    await page.goto('/settings/policies/unused?days=90');
    await expect(page.getByRole('button', { name: 'Change to 90 days' })).toBeVisible();
    await page.getByRole('button', { name: 'Turn off' }).click();
    await expect(page.getByText('The rule is off. No key')).toBeVisible();
    await page.goto(`/keys/${key}`);
    await expect(page.getByText('if it stays unused')).toHaveCount(0);
  });
});
