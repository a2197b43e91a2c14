import { enter, expect, freshName, test } from './desk';

test.describe('pasting a key to identify it @plain', () => {
  test('takes many lines, and switches off all that are good', async ({ page, desk }) => {
    const name = freshName('leaked');
    await desk.addUser(name);
    const secrets: string[] = [];
    for (let made = 0; made < 2; made++) {
      await enter(page, desk, '/keys/new');
      await page.getByLabel('User', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      secrets.push(await page.getByTestId('secret').innerText());
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible();
    }
    await page.goto('/keys/identify');
    const others = ['sk_live_of_another_program', 'a word'];
    await page
      .getByLabel('Paste the whole key')
      .fill([secrets[0], others[0], '', secrets[1], others[1]].join('\n'));
    await page.getByRole('button', { name: 'Identify', exact: true }).click();
    await expect(page.getByText('2 of 4 lines are keys of this installation.')).toBeVisible();
    const row = (line: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader', { name: line, exact: true }) });
    await expect(row('4')).toContainText(name);
    await expect(row('4').getByRole('link')).toHaveAttribute('href', /^\/keys\/[0-9a-f-]{36}$/);
    await expect(row('2')).toContainText('Not ours');
    const content = await page.content();
    for (const text of [...secrets, ...others]) expect(content).not.toContain(text);
    await page.getByRole('button', { name: 'Switch off all that are good' }).click();
    await expect(page.getByRole('heading', { name: 'Switch off 2 API keys?' })).toBeVisible();
    expect(page.url()).not.toContain('kd_');
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('2 API keys switched off')).toBeVisible();
  });
});
