import { randomBytes } from 'node:crypto';
import { isSigned, startReceiver } from '../notices/receiver';
import { enter, expect, test } from './desk';

test.describe('notices @plain', () => {
  test('a webhook is added, tried, looked at and deleted', async ({ page, desk }) => {
    const receiver = await startReceiver();
    await enter(page, desk);
    await desk.query('update session set proved_at = now()');
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Notices' }).click();
    const path = `/${randomBytes(4).toString('hex')}`;
    await page.getByLabel('URL').fill('https://10.0.0.7/');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await expect(page.getByText('is private or special')).toBeVisible();
    await page.getByLabel('URL').fill(`${receiver.url}${path}`);
    await page.getByRole('button', { name: 'Add webhook' }).click();
    const shown = page.getByTestId('shown-once');
    await expect(shown).toHaveText(/^whsec_/);
    const secret = await shown.innerText();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page.getByRole('heading', { name: 'Webhook', exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(secret.slice(6, 30));
    await expect(page.getByLabel('Keys expiring soon')).toBeChecked();
    await page.getByLabel('Keys expiring soon').uncheck();
    await page.getByLabel('Webhook changed').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. The webhook receives these types')).toBeVisible();
    await expect(page.getByLabel('Keys expiring soon')).not.toBeChecked();
    await expect(page.getByLabel('Webhook changed')).toBeChecked();
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(1);
    expect(JSON.parse(receiver.received.shift()?.body ?? '')).toMatchObject({
      ...{ type: 'webhook.update', data: { actor: { name: 'admin' } } },
    });

    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect(page.getByText(/The test arrived: 204 after/)).toBeVisible();
    const [got] = receiver.received;
    expect(got && isSigned(got, secret)).toBe(true);
    await expect(page.getByRole('row').filter({ hasText: 'Test' })).toContainText('Delivered');

    receiver.answerWith((response) => response.writeHead(500).end());
    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect(page.getByText('The test did not arrive. It answered 500.')).toBeVisible();
    await page.getByRole('button', { name: 'New secret' }).click();
    await expect(shown).toHaveText(/^whsec_/);
    expect(await shown.innerText()).not.toBe(secret);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByText('The webhook is off.')).toBeVisible();

    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('Do you want to delete this webhook?')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('The webhook was deleted.')).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByText(path)).toHaveCount(0);
    receiver.stop();
  });

  test('recipients are set and get a test mail', async ({ page, desk }) => {
    await enter(page, desk);
    await desk.query('update session set proved_at = now()');
    await page.goto('/settings/notices');
    await page.getByLabel('Recipients', { exact: true }).fill('ada@example.org\nnobody');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('"nobody" is not an email address.')).toBeVisible();
    await page.getByLabel('Recipients', { exact: true }).fill('ada@example.org');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expect(page.getByLabel('Recipients', { exact: true })).toHaveValue('ada@example.org');
    const before = desk.mails.length;
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await expect(page.getByText('The test mail was sent.')).toBeVisible();
    expect(desk.mails.length).toBe(before + 1);
    expect(desk.mails.at(-1)).toContain('Subject: Keydesk: Test notice');
    await expect(page.getByRole('cell', { name: 'ada@example.org' }).first()).toBeVisible();
  });
});
