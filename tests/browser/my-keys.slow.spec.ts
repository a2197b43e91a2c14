import { expectAccessible, violations } from './axe';
import { admin, excessWidth, expect, signIn } from './desk';
import {
  addPerson,
  adminPage,
  allow,
  choosePolicy,
  makeKey,
  makeLink,
  openAs,
} from './my-keys-people';
import { alertOf, enterAs, sayAtProvider, signOutButton, test } from './oidc-desk';

// One worker for the whole file, because a second one would start another desk and provider.
test.describe.configure({ mode: 'default', timeout: 60_000 });

test.describe('my keys', () => {
  test('of somebody else do not exist, and a changed form changes nothing', async ({
    page,
    oidc,
    browser,
    javaScriptEnabled,
  }) => {
    const desk = await adminPage({ browser, javaScriptEnabled }, oidc);
    const alice = await addPerson(oidc, 'alice');
    const bob = await addPerson(oidc, 'bob');
    const [key, foreign] = [await makeKey(desk, oidc, alice), await makeKey(desk, oidc, bob)];
    await choosePolicy(desk, 'See, switch off and regenerate their keys');
    await enterAs(page, alice.at);
    for (const below of ['', '/regenerate', '/deactivate']) {
      expect((await page.goto(`/me/${foreign.id}${below}`))?.status()).toBe(404);
    }
    for (const path of ['/keys', '/users', '/audit', '/settings', `/keys/${key.id}`]) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/me$/);
    }
    await page.goto('/');
    await expect(page).toHaveURL(/\/me$/);
    for (const question of ['regenerate', 'deactivate']) {
      await page.goto(`/me/${key.id}/${question}`);
      const field = page.locator('main input[name=id]').first();
      await field.evaluate((input, id) => input.setAttribute('value', id), foreign.id);
      await page.getByRole('button', { name: 'OK' }).click();
      await expect(alertOf(page)).toContainText('You have no such key. Nothing was changed.');
    }
    const untouched = 'select from api_key where id = any($1) and active and secret_version = 1';
    expect(await oidc.query(untouched, [[key.id, foreign.id]])).toHaveLength(2);
    await desk.context().close();
  });

  test('end with the policy, and with the user', async ({
    page,
    oidc,
    browser,
    javaScriptEnabled,
  }) => {
    const desk = await adminPage({ browser, javaScriptEnabled }, oidc);
    const alice = await addPerson(oidc, 'alice');
    await choosePolicy(desk, 'See their keys and switch them off');
    await enterAs(page, alice.at, '/login?next=%2Fme');
    await expect(page.getByText('You have no keys.')).toBeVisible();
    await expect(page.getByText('Ask them for one.')).toBeVisible();
    await choosePolicy(desk, 'Nothing');
    expect((await page.goto('/me'))?.status()).toBe(404);
    await enterAs(page, alice.at);
    await expect(alertOf(page)).toContainText('None of your groups may use this Keydesk.');

    await choosePolicy(desk, 'See their keys and switch them off');
    await enterAs(page, alice.at);
    await expect(page.getByText('You have no keys.')).toBeVisible();
    await desk.goto(`/users/${alice.id}`);
    await desk.getByLabel('No', { exact: true }).check();
    await desk.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(desk.getByText('Disabled').first()).toBeVisible();
    await page.goto('/me');
    await expect(page).toHaveURL(/\/login/);
    await enterAs(page, alice.at);
    await expect(alertOf(page)).toContainText('Your account was disabled or deleted.');
    await desk.context().close();
  });
});

test('administrators see their own keys at the same place, and service keys are left to them', async ({
  page,
  oidc,
}) => {
  await allow(oidc);
  await signIn(page, '/settings/service-keys');
  await page.getByLabel('Owner').fill(admin.username);
  await page.getByRole('button', { name: 'Add service key' }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.goto('/me');
  await page.getByRole('link', { name: /^kd_/ }).click();
  await expect(page.getByText('This key has scopes of Keydesk itself.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Regenerate|Switch/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'API keys' }).click();
  await expect(page).toHaveURL(/\/keys$/);
});

test('my keys work by keyboard and break no rule of axe at 320 px', async ({ page, oidc }) => {
  await allow(oidc);
  const alice = await addPerson(oidc, 'alice');
  const [key] = await oidc.query<{ id: string }>(
    `insert into api_key (id, owner_id, name, secret_mac, secret_pepper, secret_prefix, secret_first,
       secret_last, request_id, scopes)
     values (gen_random_uuid(), $1, 'nightly reports', sha256($2), 1, 'kd', 'AbCd', 'wXyZ',
       gen_random_uuid(), '{reports:read}') returning id`,
    [alice.id, Buffer.from(alice.name)],
  );
  await page.setViewportSize({ width: 320, height: 800 });
  await enterAs(page, alice.at);
  await expect(page.getByRole('heading', { name: 'My keys' })).toBeVisible();
  const paths = ['', '/regenerate', '/deactivate'].map((below) => `/me/${key?.id}${below}`);
  for (const path of ['/me', ...paths]) {
    await page.goto(path);
    expect(await violations(page)).toEqual([]);
    expect(await excessWidth(page)).toBeLessThanOrEqual(0);
  }
  await page.getByRole('button', { name: 'OK' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('This key is switched off.')).toBeVisible();
});

test('a second person at the same browser is not let into the keys of the first', async ({
  page,
  oidc,
}) => {
  await allow(oidc);
  const [alice, bob] = [await addPerson(oidc, 'alice'), await addPerson(oidc, 'bob')];
  await enterAs(page, alice.at);
  await expect(page.getByText(alice.name)).toBeVisible();
  await signOutButton(page).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.context().clearCookies({ domain: '127.0.0.1' });
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await sayAtProvider(page, bob.at);
  await expect(page.getByText(bob.name)).toBeVisible();
  await expect(page.getByText(alice.name)).toHaveCount(0);
});

test.describe('a link for its user alone @plain', () => {
  test('is opened by its user, signed in, and not by somebody else who has it', async ({
    page,
    oidc,
    browser,
    javaScriptEnabled,
  }) => {
    const isScripted = javaScriptEnabled !== false;
    const desk = await adminPage({ browser, javaScriptEnabled }, oidc);
    const [alice, bob] = [await addPerson(oidc, 'alice'), await addPerson(oidc, 'bob')];
    await choosePolicy(desk, 'See their keys and switch them off');
    const made = await makeLink(desk, oidc, alice);
    await expectAccessible(desk);
    const waits = () =>
      oidc.query(`select from hand_over where id = $1 and state = 'open'`, [
        made.path.split('/').at(-1),
      ]);
    for (const method of ['GET', 'HEAD']) {
      const preview = await fetch(made.link, { method });
      expect([preview.status, (await preview.text()).includes(alice.name)]).toEqual([200, false]);
    }
    const sent: string[] = [];
    page.on('request', (request) => {
      sent.push(`${request.url().split('#')[0]} ${request.postData() ?? ''}`);
      sent.push(JSON.stringify(request.headers()));
    });
    await page.goto(made.link);
    await expect(page.getByText('Signing in uses nothing up.')).toBeVisible();
    await expect(page.locator('main noscript p')).toHaveCount(isScripted ? 0 : 1);
    await expectAccessible(page);

    /** Without JavaScript the link is opened again, and pasted. */
    const show = async () => {
      if (isScripted) await expect(page).toHaveURL(made.link);
      else await page.getByLabel('Link').fill(made.link);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Show the key' }).click();
    };
    await openAs(page, made, bob.at);
    await expect(page.getByText(`You are signed in as ${bob.name}.`)).toBeVisible();
    await show();
    await expect(page.getByText('This link is for somebody else.')).toBeVisible();
    await expectAccessible(page);
    await openAs(page, made, alice.at);
    await expect(page.getByText(`You are signed in as ${alice.name}.`)).toBeVisible();
    expect(await waits()).toHaveLength(1);
    expect(await excessWidth(page)).toBeLessThanOrEqual(0);
    await show();
    await expect(page.getByText(`This is the API key of ${alice.name}.`)).toBeVisible();
    expect(await page.getByTestId('secret').innerText()).toMatch(/^kd_[0-9A-Za-z]{49}$/);
    await expectAccessible(page);
    expect(await waits()).toHaveLength(0);
    if (isScripted) {
      expect(sent.join('\n')).not.toContain(made.fragment);
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    }
    expect(oidc.log()).not.toContain(made.fragment);

    await choosePolicy(desk, 'Nothing');
    await page.goto('about:blank');
    await page.goto(made.link);
    await expect(page.getByText('that is turned off here')).toBeVisible();
    await expectAccessible(page);
    await desk.goto('/keys/new');
    await desk.getByLabel('Hand it over by a link').check();
    await expect(desk.getByLabel('Whoever has it', { exact: true })).toBeChecked();
    await expect(desk.getByLabel('Only its user, signed in')).toHaveCount(0);
    await desk.context().close();
  });
});
