import { expectAccessible } from './axe';
import { enter, excessWidth, expect, freshName, rowOf, type SignedDesk, test } from './desk';
import { keysOf } from './overview-keys';

const used = (desk: SignedDesk, id: string | undefined, code: string, count: number) =>
  desk.query(
    `insert into key_usage (key_id, hour, code, count)
     values ($1, date_trunc('hour', now(), 'UTC'), $2, $3)`,
    [id, code, count],
  );

test.describe('the overview @plain', () => {
  test('shows calls, dead keys and the busiest, as a drawing and as a table', async ({
    page,
    desk,
  }) => {
    const [busy, former] = [freshName('busy'), freshName('former')];
    const [live] = await keysOf(desk, await desk.addUser(busy), 1);
    const [dead] = await keysOf(desk, await desk.addUser(former), 1, 'deleted_at = now()');
    await used(desk, live, 'VALID', 900_000);
    await used(desk, dead, 'NOT_FOUND', 34_567);
    await desk.query(`insert into key_source values ($1, 1, '2001:db8::17', now(), 34567)`, [dead]);
    await desk.query('delete from usage_total');
    await desk.query(
      `insert into usage_total (hour, code, count)
       select date_trunc('hour', now(), 'UTC') - n * interval '1 hour', code, count
       from generate_series(0, 2) n, (values ('VALID', 400), ('EXPIRED', 6),
         ('INSUFFICIENT_SCOPE', 2), ('OWNER_INACTIVE', 2), ('RATE_LIMITED', 1)) as t (code, count)`,
    );
    await enter(page, desk, '/keys');
    await page.getByRole('link', { name: 'Overview' }).click();
    await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
    const figures = page.getByRole('list', { name: 'Key figures' });
    await expect(figures.getByRole('link', { name: '1,233 calls in 24 hours' })).toBeVisible();
    await expect(figures.getByRole('link', { name: '2.7% refused' })).toBeVisible();
    const drawing = page.getByRole('img', {
      name: 'Calls in 24 hours: 1,233, of which 1,200 valid and 33 refused',
    });
    await expect(drawing.locator('title').last()).toHaveText(
      /^\d\d:00–\d\d:00: 411 calls, 11 refused, so far$/,
    );
    const bars = await drawing
      .locator('g rect.fill-danger')
      .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().height));
    expect(Math.min(...bars)).toBeGreaterThanOrEqual(1.9);
    await page.getByText('Show as table').click();
    await expect(page.getByRole('columnheader', { name: 'EXPIRED' })).toBeVisible();
    await expectAccessible(page);
    if (!(await rowOf(page, former).isVisible())) {
      await page.getByText(/deleted or replaced keys? still in use, last/).click();
    }
    await expect(rowOf(page, former)).toContainText('Deleted key');
    await expect(rowOf(page, former)).toContainText('34,567');
    await expect(rowOf(page, former)).toContainText('2001:db8::17');
    await expect(rowOf(page, busy)).toContainText('900,000');
    await expect(rowOf(page, busy).getByRole('link', { name: busy })).toBeVisible();
    await page.setViewportSize({ width: 360, height: 800 });
    const wide = await excessWidth(page);
    expect(wide).toBeLessThanOrEqual(0);
    await page.getByRole('link', { name: '7 d', exact: true }).click();
    await expect(page).toHaveURL(/range=7d/);
    await expect(page.getByRole('img', { name: /^Calls in 7 days: 1,233,/ })).toBeVisible();
    await page.goto(`/keys/${live}?range=30d`);
    await expect(
      page.getByRole('img', { name: 'Calls in 30 days: 900,000, of which 900,000 valid' }),
    ).toBeVisible();
    await expect(page.getByRole('definition').nth(1)).toHaveText('900,000');
  });

  test('switches off all keys of a list, after asking', async ({ page, desk }) => {
    const name = freshName('idle');
    await desk.query(
      `update api_key set active = false where id in (select key_id from key_last_use where used_at = '-infinity')`,
    );
    const ids = await keysOf(
      desk,
      await desk.addUser(name),
      12,
      `created_at = now() - interval '40 days'`,
    );
    await enter(page, desk, '/overview');
    const list = page.getByRole('listitem').filter({ hasText: '12 keys never used' });
    await list.getByText('12 keys never used').click();
    await expect(list.getByRole('rowheader', { name })).toHaveCount(5);
    await expect(list).toContainText('The first 5 of 12.');
    await list.getByRole('link', { name: 'Show' }).click();
    await expect(page.getByText('Active for over 30 days and never used')).toBeVisible();
    await expect(page.getByRole('rowheader', { name })).toHaveCount(12);
    await page.getByLabel('Username').fill('nobody at all');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await expect(page).toHaveURL(/list=never-used/);
    await page.getByRole('link', { name: 'Remove' }).click();
    await expect(page).not.toHaveURL(/list=/);
    await page.goto('/overview');
    await list.getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByRole('heading', { name: 'Switch off 12 API keys?' })).toBeVisible();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByRole('heading', { name: '12 API keys switched off' })).toBeVisible();
    await page.getByRole('button', { name: 'Back to the overview' }).click();
    await expect(page.getByText(/^All clear: .*keys never used/)).toBeVisible();
    const rows = await desk.query('select from api_key where id = any($1) and active', [ids]);
    expect(rows).toHaveLength(0);
  });
});

test.describe('somebody leaves @plain', () => {
  test('and their keys are handed over before they are disabled', async ({ page, desk }) => {
    const [leaver, newOwner] = [freshName('leaver'), freshName('newOwner')];
    const id = await desk.addUser(leaver);
    await desk.addUser(newOwner);
    const keys = await keysOf(desk, id, 2);
    await desk.query(
      `update key_last_use set used_at = '2026-01-02T03:04:00Z' where key_id = any($1)`,
      [keys],
    );
    await enter(page, desk, `/users/${id}`);
    await page.getByRole('radio', { name: 'No' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: `Disable ${leaver}?` })).toBeVisible();
    await expect(page.getByText('2 Jan 2026')).toHaveCount(2);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('Choose what happens to their keys.')).toBeVisible();
    await page.getByRole('radio', { name: 'Transfer to another user' }).check();
    await page.getByLabel('New owner', { exact: true }).fill('nobody at all');
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('User "nobody at all" is not in the database.')).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Transfer to another user' })).toBeChecked();
    await expectAccessible(page);
    await page.getByLabel('New owner', { exact: true }).fill(newOwner);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(
      page.getByText(`User ${leaver} is disabled. Their 2 keys were transferred to ${newOwner}.`),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByText('Disabled', { exact: true })).toBeVisible();
    await page.goto(`/keys?username=${newOwner}`);
    await expect(page.getByRole('rowheader', { name: newOwner })).toHaveCount(2);
  });
});
