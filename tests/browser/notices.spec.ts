import { randomBytes } from 'node:crypto';
import { isSigned, startReceiver } from '../notices/receiver';
import { expectAccessible } from './axe';
import { enter, expect, freshName, test } from './desk';

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

test.describe('a link to a key @plain', () => {
  test('is mailed to its user, and the administrator sees the code alone', async ({
    page,
    desk,
    browser,
    javaScriptEnabled,
  }) => {
    const name = freshName('mailed');
    const id = await desk.addUser(name);
    await enter(page, desk, '/keys/new');
    await page.getByLabel('User', { exact: true }).fill(name);
    await page.getByLabel('Hand it over by a link').check();
    await page.getByLabel('Whoever has it and a six-digit code').check();
    await page.getByLabel('Mail the link to its user').check();
    await expectAccessible(page);
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    await expect(page.getByText(`There is no email address to which the link for`)).toBeVisible();
    await expect(page.getByLabel('Mail the link to its user')).toBeChecked();
    await desk.query('update directory_user set email = $2 where id = $1', [
      ...[id, `${name}@example.org`],
    ]);
    await save.click();
    await expect(page.getByText(`mailed to ${name} (${name}@example.org).`)).toBeVisible();
    await expect(page.getByTestId('secret')).toHaveCount(0);
    const code = (await page.getByTestId('link-code').textContent()) ?? '';
    await expectAccessible(page);
    const mail = (desk.mails.find((one) => one.includes(name)) ?? '').replace(/=\r\n/g, '');
    const [link = ''] = /http\S+\/collect\/\S+/.exec(mail) ?? [];
    expect([link.includes('#'), mail.includes(code)]).toEqual([true, false]);
    await page.getByRole('button', { name: 'I have noted it' }).click();
    await expect(page).toHaveURL(/\/keys/);

    const context = await browser.newContext(
      javaScriptEnabled === undefined ? {} : { javaScriptEnabled },
    );
    const user = await context.newPage();
    await user.goto(link);
    if (javaScriptEnabled === false) await user.getByLabel('Link').fill(link);
    await user.getByLabel('Code').fill(code);
    await user.getByRole('button', { name: 'Show the key' }).click();
    await expect(user.getByText(`This is the API key of ${name}.`)).toBeVisible();
    await context.close();

    const [key] = await desk.query<{ id: string }>('select id from api_key where owner_id = $1', [
      id,
    ]);
    await page.goto(`/keys/${key?.id}/regenerate`);
    await page.getByLabel('Hand it over by a link').check();
    await page.getByLabel(`Mail the link to ${name} (${name}@example.org)`).check();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('The old one works until then. The link was mailed')).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page).toHaveURL(/\/keys/);
  });
});

test('what is due is delivered by the running desk, and nothing secret is in its log', async ({
  page,
  desk,
}) => {
  const receiver = await startReceiver();
  await enter(page, desk);
  await desk.query('update session set proved_at = now()');
  await page.goto('/settings/notices');
  const canary = `canary${randomBytes(6).toString('hex')}`;
  await page.getByLabel('URL').fill(`${receiver.url}/${canary}`);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  const secret = await page.getByTestId('shown-once').innerText();
  receiver.answerWith((response) => response.writeHead(500).end());
  await desk.query(
    `with made as (
       insert into notice_message (id, type, body) values (gen_random_uuid(), 'key.expiring', '{"x":1}')
       returning id
     )
     insert into notice_delivery (id, message_id, webhook_id)
     select gen_random_uuid(), made.id, w.id from made, webhook w where url like '%' || $1`,
    [canary],
  );
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(1);
  const [got] = receiver.received;
  expect(got?.body).toBe('{"x":1}');
  expect(got && isSigned(got, secret)).toBe(true);
  await expect.poll(() => desk.log()).toContain('notice not delivered');
  for (const trace of [canary, secret.slice(6)]) expect(desk.log()).not.toContain(trace);
  receiver.stop();
});
