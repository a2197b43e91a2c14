import { enter, expect, freshName, test } from './desk';

const file = (...lines: string[]) => ({
  name: 'keys.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['username,name,secret', ...lines].join('\r\n')),
});

test('with JavaScript a file may be longer than an action takes', async ({ page, desk }) => {
  test.setTimeout(90_000);
  const name = freshName('big');
  await desk.addUser(name);
  const lines = Array.from(
    { length: 30_000 },
    (_, n) => `${name},,long-${name}-secret-no-${n}-padding-padding`,
  );
  const sent = file(...lines);
  expect(sent.buffer.length).toBeGreaterThan(1_500_000);
  await enter(page, desk, '/keys/import');
  await page.getByLabel('CSV file').setInputFiles(sent);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('button', { name: 'Import 30,000 keys' })).toBeVisible({
    timeout: 40_000,
  });
  await page.getByRole('button', { name: 'Import 30,000 keys' }).click();
  await expect(page.getByText('30,000 keys were imported.')).toBeVisible({ timeout: 40_000 });
});

test('a file of no keys is told so at the field @plain', async ({ page, desk }) => {
  await enter(page, desk, '/keys/import');
  const empty = { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('username\nx\n') };
  await page.getByLabel('CSV file').setInputFiles(empty);
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(
    page.getByText('The header has neither a column "secret" nor "sha256".'),
  ).toBeVisible();
});
