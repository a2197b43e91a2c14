import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { enter, excessWidth, expect, freshName, rowOf, type SignedDesk, test } from './desk';

type Own = { browser: Browser; desk: SignedDesk; javaScriptEnabled: boolean | undefined };

/** The user's own browser, which has never seen the desk. */
async function userBrowser({ browser, desk, javaScriptEnabled }: Own): Promise<Page> {
  const context = await browser.newContext({
    baseURL: desk.url,
    viewport: { width: 360, height: 740 },
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  });
  return context.newPage();
}

/** Opens the link as its user does. Without JavaScript it is pasted into the page as well. */
async function open(
  user: Page,
  link: string,
  { javaScriptEnabled }: Pick<Own, 'javaScriptEnabled'>,
) {
  await user.goto(link);
  if (javaScriptEnabled === false) await user.getByLabel('Link').fill(link);
}

/** Makes a key for a new user as `admin`, and returns the link. */
async function handOver(page: Page, desk: SignedDesk, stem: string, withCode = false) {
  const name = freshName(stem);
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Hand it over by a link').check();
  await expect(page.getByLabel('Link works for')).toHaveValue('24h');
  if (withCode) await page.getByLabel('Whoever has it and a six-digit code').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`API key for ${name} made. It waits to be collected.`)).toBeVisible();
  const link = (await page.getByTestId('secret').textContent()) ?? '';
  expect(link).toMatch(/\/collect\/[0-9a-f-]{36}#[A-Za-z0-9_-]{43}$/);
  return { name, link };
}

test.describe('a key that is handed over @plain', () => {
  test('waits until its user collects it, and says so at the second visit', async ({
    page,
    desk,
    browser,
    javaScriptEnabled,
  }) => {
    const { name, link } = await handOver(page, desk, 'handed');
    await expect(page.getByText('You could open it too, as long as you have it.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.goto('/keys?status=waiting');
    await expect(rowOf(page, name)).toContainText('Waiting');
    await expect(rowOf(page, name).getByRole('switch')).toHaveCount(0);
    // What previews of mails and chats do changes nothing.
    for (const method of ['GET', 'HEAD']) {
      const preview = await fetch(link, { method });
      expect([preview.status, (await preview.text()).includes(name)]).toEqual([200, false]);
    }

    const user = await userBrowser({ browser, desk, javaScriptEnabled });
    const posted: string[] = [];
    user.on('request', (request) => posted.push(`${request.url()} ${request.postData() ?? ''}`));
    await open(user, link, { javaScriptEnabled });
    await expectAccessible(user);
    await user.getByRole('button', { name: 'Show the key' }).click();
    await expect(user.getByText(`This is the API key of ${name}.`)).toBeVisible();
    const secret = (await user.getByTestId('secret').textContent()) ?? '';
    expect(secret).toMatch(/^kd_[0-9A-Za-z]{49}$/);
    expect(await excessWidth(user)).toBeLessThanOrEqual(0);
    await expectAccessible(user);
    const fragment = link.slice(link.indexOf('#') + 1);
    if (javaScriptEnabled !== false) expect(posted.join('\n')).not.toContain(fragment);
    expect(posted.join('\n')).not.toContain(secret);

    await page.goto(`/keys?username=${name}`);
    await expect(rowOf(page, name)).toContainText('Active');
    const second = await userBrowser({ browser, desk, javaScriptEnabled });
    await open(second, link, { javaScriptEnabled });
    await second.getByRole('button', { name: 'Show the key' }).click();
    await expect(second.getByText(/This key was collected on .* UTC from/)).toBeVisible();
    await expectAccessible(second);
    await second.getByRole('button', { name: 'Switch the key off' }).click();
    await expect(second.getByText('The key is switched off. Tell whoever sent you')).toBeVisible();
    await page.reload();
    await expect(rowOf(page, name)).toContainText('Inactive');
    await page.goto(`/audit?actor=hand-over+link`);
    await expect(page.getByRole('table').getByText('Key collected').first()).toBeVisible();
    for (const part of [fragment, secret]) expect(desk.log()).not.toContain(part);
    await user.context().close();
    await second.context().close();
  });

  test('asks for its code, and ends with the hand-over', async ({
    page,
    desk,
    browser,
    javaScriptEnabled,
  }) => {
    const { name, link } = await handOver(page, desk, 'coded', true);
    const code = (await page.getByTestId('link-code').textContent()) ?? '';
    expect(code).toMatch(/^\d{6}$/);
    const user = await userBrowser({ browser, desk, javaScriptEnabled });
    await open(user, link, { javaScriptEnabled });
    await user.getByLabel('Code').fill(code === '000000' ? '111111' : '000000');
    await user.getByRole('button', { name: 'Show the key' }).click();
    await expect(user.getByText('This code is wrong. You can try 4 times more.')).toBeVisible();
    await expectAccessible(user);

    await page.getByRole('button', { name: 'I have copied it' }).click();
    await rowOf(page, name).getByRole('link', { name }).click();
    const panel = page.getByRole('region', { name: 'Waiting to be collected' });
    await expect(panel).toContainText('It asks for a code.');
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'End the hand-over' }).click();
    await expect(page.getByText('The hand-over has ended.')).toBeVisible();
    // Another fragment of the same address would not load it again.
    await user.goto('about:blank');
    await user.goto(link);
    await expect(user.getByText('This link has ended.')).toBeVisible();
    await user.context().close();
  });

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
