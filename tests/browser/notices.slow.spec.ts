import { randomBytes } from 'node:crypto';
import { isSigned, startReceiver } from '../notices/receiver';
import { expectAccessible } from './axe';
import { enter, expect, freshName, test } from './desk';

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
