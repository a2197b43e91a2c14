import { enter, expect, freshName, type SignedDesk, test } from './desk';

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const shown = (day: string) =>
  new Date(day).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
  });

/** The policies hold for the whole desk, so each test begins and ends without these rules. */
const forget = async ({ query }: SignedDesk) => {
  await query('update key_policy set idle_days = null, idle_since = null, longest_lifetime = null');
  for (const table of ['idle_run', 'lifetime_run']) await query(`delete from ${table}`);
};
test.beforeEach(async ({ desk }) => {
  await forget(desk);
  await desk.query('update session set proved_at = now()');
});
test.afterEach(({ desk }) => forget(desk));

async function oldKey(desk: SignedDesk): Promise<string> {
  const name = freshName('idle');
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, created_at, secret_created_at, secret_mac, secret_pepper,
       secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, now() - interval '100 days', now() - interval '100 days',
       sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
    [owner, name],
  );
  return key?.id ?? '';
}

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
    await expect(page.getByText('The keys are being switched off, in steps.')).toBeVisible();
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
