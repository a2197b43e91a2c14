import { expect, test } from './desk';
import { makeKey } from './report-keys';

test.describe('pasting a key to identify it @plain', () => {
  test('finds its record, stops it, and shows the key nowhere', async ({ page, desk }) => {
    const { secret } = await makeKey(page, desk, 'found');
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Identify a key' }).click();
    await page.getByLabel('Paste the whole key').fill(`${secret}x`);
    await page.getByRole('button', { name: 'Identify', exact: true }).click();
    await expect(page.getByText('mistyped or incomplete')).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    await page.getByLabel('Paste the whole key').fill(` ${secret} `);
    await page.getByRole('button', { name: 'Identify', exact: true }).click();
    await expect(page.getByText('the key is active.')).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    expect(page.url()).not.toContain('kd_');
    await page.getByRole('button', { name: 'Switch off now' }).click();
    await expect(page.getByText('was switched off.')).toBeVisible();
  });
});
