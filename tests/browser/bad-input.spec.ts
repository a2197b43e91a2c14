import { lists, sendBadly } from './bad-input';
import { enter, expect, freshName, test } from './desk';

sendBadly('/keys', lists['/keys']);

test('a form of 2 MB is refused', async ({ page, desk }) => {
  await enter(page, desk, '/keys/new');
  const answer = await page.request.post('/keys/new', {
    headers: { origin: desk.url },
    multipart: { user: 'x'.repeat(2_000_000) },
  });
  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect((await page.request.get('/keys')).status()).toBe(200);
});

test('names with markup, emoji and quotes are shown as text', async ({ page, desk }) => {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  const name = `${freshName('u')}<img src=x onerror=alert(1)>"'🔑`;
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Name').fill('"><script>alert(1)</script>');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText(name).first()).toBeVisible();
  await expect(page.getByText('"><script>alert(1)</script>').first()).toBeVisible();
  expect(dialogs).toBe(0);
});

test('control characters and right-to-left marks are refused', async ({ page, desk }) => {
  await enter(page, desk, '/keys/new');
  for (const name of ['a\u202eb', 'a\u200fb', 'a\u0007b']) {
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Use printable characters only.')).toBeVisible();
    await page.reload();
  }
});
