import { enter, expect, freshName, test } from './desk';

test.describe('what limits a key @plain', () => {
  test('is set with it, corrected at the field and changed later', async ({ page, desk }) => {
    const name = freshName('limited');
    await desk.addUser(name);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByText('More options').click();
    await page.getByLabel('Expires').selectOption('In 90 days');
    const inDays = new Date(Date.now() + 90 * 86_400_000);
    const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
    await expect(page.getByText(`Until ${inDays.toLocaleDateString('en-GB', day)}`)).toBeVisible();
    await page.getByLabel('Allowed addresses').fill('10.0.0.0/33');
    await page.getByLabel('Rate limit').fill('5');
    await page.getByLabel('Per', { exact: true }).selectOption('Hour');
    await page.getByLabel('Metadata').fill('{"plan": "gold"}');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('"10.0.0.0/33" is no network')).toBeVisible();
    await expect(page.getByLabel('Metadata')).toHaveValue('{"plan": "gold"}');
    await page.getByLabel('Allowed addresses').fill('10.0.0.0/8');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByTestId('secret')).toBeVisible();
    const [key] = await desk.query<{ id: string; days: number }>(
      `select k.id, round(extract(epoch from expires_at - now()) / 86400)::int as days
       from api_key k join directory_user u on u.id = owner_id where username = $1`,
      [name],
    );
    expect(key?.days).toBe(90);
    await page.goto(`/keys/${key?.id}?tab=settings`);
    await expect(page.getByLabel('Rate limit')).toHaveValue('5');
    await expect(page.getByLabel('Per', { exact: true })).toHaveValue('3600');
    await page.getByLabel('Rate limit').fill('');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(page.getByLabel('Rate limit')).toHaveValue('');
    await expect(page.getByLabel('Allowed addresses')).toHaveValue('10.0.0.0/8');
  });
});
