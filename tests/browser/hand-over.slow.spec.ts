import { expectAccessible } from './axe';
import { enter, expect, freshName, rowOf, test } from './desk';
import { handOver, open, userBrowser } from './handed-over';

test.describe('a key that is handed over @plain', () => {
  test('gets a new secret only when it is collected', async ({
    page,
    desk,
    browser,
    javaScriptEnabled,
  }) => {
    const name = freshName('renewed');
    const [key] = await desk.query<{ id: string }>(
      `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
       values (gen_random_uuid(), $1, sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
      [await desk.addUser(name), Buffer.from(name)],
    );
    await enter(page, desk, `/keys?username=${name}`);
    await rowOf(page, name).getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Hand it over by a link').check();
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('The old one works until then.')).toBeVisible();
    const link = (await page.getByTestId('secret').textContent()) ?? '';
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(rowOf(page, name)).toContainText('kd_AbCd…wXyZ');
    const user = await userBrowser({ browser, desk, javaScriptEnabled });
    await open(user, link, { javaScriptEnabled });
    await user.getByRole('button', { name: 'Show the key' }).click();
    const secret = (await user.getByTestId('secret').textContent()) ?? '';
    await page.goto(`/keys/${key?.id}`);
    await expect(page.getByText(`${secret.slice(0, 7)}…${secret.slice(-4)}`).first()).toBeVisible();
    await user.context().close();
  });
});

test('a wrong link says so and nothing more, and a link without its end asks for it', async ({
  page,
  desk,
  browser,
  javaScriptEnabled,
}) => {
  await page.goto(`/collect/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`);
  await expect(page.getByText('This link is wrong, or too old.')).toBeVisible();
  await expectAccessible(page);
  const { name, link } = await handOver(page, desk, 'cut');
  const user = await userBrowser({ browser, desk, javaScriptEnabled });
  await user.goto(link.slice(0, link.indexOf('#')));
  await expect(user.getByLabel('Link')).toBeVisible();
  await expectAccessible(user);
  await user.getByLabel('Link').fill(`${link.slice(0, -1)}${link.endsWith('A') ? 'Q' : 'A'}`);
  await user.getByRole('button', { name: 'Show the key' }).click();
  await expect(user.getByText('Nothing was used up')).toBeVisible();
  await user.getByLabel('Link').fill(link);
  await user.getByRole('button', { name: 'Show the key' }).click();
  await expect(user.getByText(`This is the API key of ${name}.`)).toBeVisible();
  await user.context().close();
});
