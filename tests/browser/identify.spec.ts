import { enter, expect, freshName, test } from './desk';

test.describe('pasting a key to identify it @plain', () => {
  test('finds its record, stops it, and shows the key nowhere', async ({ page, desk }) => {
    const name = freshName('found');
    await desk.addUser(name);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const secret = await page.getByTestId('secret').innerText();
    await page.getByRole('button', { name: 'I have copied it' }).click();
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
