import { readFile } from 'node:fs/promises';
import { enter, expect, freshName, test } from './desk';

const file = (...lines: string[]) => ({
  name: 'keys.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['username,name,secret', ...lines].join('\r\n')),
});

test.describe('keys of another program @plain', () => {
  test('are imported after a dry run, all lines or none, and exported', async ({ page, desk }) => {
    const [name, nobody] = [freshName('imp'), freshName('nobody')];
    await desk.addUser(name);
    const secret = `live-${name}-of-another-program`;
    await enter(page, desk, `/keys?username=${name}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Import CSV' }).click();
    await expect(page.getByRole('heading', { name: 'Import API keys' })).toBeVisible();
    await page
      .getByLabel('CSV file')
      .setInputFiles(file(`${name},=1+1,${secret}`, `${nobody},,${secret}x`));
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText(`User "${nobody}" is not in the database.`)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Import \d/ })).toBeHidden();
    await page.getByRole('link', { name: 'Check another file' }).click();
    await page.getByLabel('CSV file').setInputFiles(file(`${name},=1+1,${secret}`));
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('1 key for 1 user: 1 active. Nothing imported yet.')).toBeVisible();
    await page.getByRole('button', { name: 'Import 1 key' }).click();
    await expect(page.getByText('1 key was imported.')).toBeVisible();
    await page.goto(`/keys?username=${name}`);
    await expect(page.getByText('live…gram')).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Export CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toMatch(
      new RegExp(`^\\ufeffUsername,Name,.*\\n${name},'=1\\+1,Active,live…gram,`),
    );
    expect(text).not.toContain(secret);
  });
});
