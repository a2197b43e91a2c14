import type { Browser, Page } from '@playwright/test';
import { expectAccessible, violations } from './axe';
import { admin, excessWidth, expect, freshName, signIn } from './desk';
import { alertOf, enterAs, type OidcDesk, sayAtProvider, signOutButton, test } from './oidc-desk';

// One worker for the whole file, because a second one would start another desk and provider.
test.describe.configure({ mode: 'default', timeout: 60_000 });

type Own = { browser: Browser; javaScriptEnabled: boolean | undefined };

/** The browser of an administrator, signed in with a password. */
async function adminPage({ browser, javaScriptEnabled }: Own, desk: OidcDesk): Promise<Page> {
  const context = await browser.newContext({
    baseURL: desk.url,
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  });
  const page = await context.newPage();
  await signIn(page, '/settings/policies');
  return page;
}

async function choosePolicy(page: Page, rule: string) {
  await page.goto('/settings/policies');
  await page.getByLabel('People may').selectOption(rule);
  await page.getByRole('button', { name: 'Save My keys' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByLabel('People may').locator('option:checked')).toHaveText(rule);
}

type Person = { id: string; name: string; at: string };

/** A person in the directory with an address, and what they say at the provider. */
async function addPerson(desk: OidcDesk, stem: string, email = ''): Promise<Person> {
  const name = freshName(stem);
  const id = await desk.addUser(name);
  const address = email || `${name}@example.org`;
  await desk.query('update directory_user set email = $2 where id = $1', [id, address]);
  return { id, name, at: `${name}-1 somebody staff ${address}` };
}

/** Makes a key as an administrator. */
async function makeKey(page: Page, desk: OidcDesk, { id, name }: Person) {
  await page.goto(`/keys/new?user=${name}`);
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Name', { exact: true }).fill(`reports of ${name}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const secret = await page.getByTestId('secret').innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const [key] = await desk.query<{ id: string }>('select id from api_key where owner_id = $1', [
    id,
  ]);
  return { id: key?.id ?? '', secret };
}

/** A service key and what it is told about other keys. */
async function makeVerifier(page: Page, desk: OidcDesk) {
  const name = freshName('gateway');
  await desk.addUser(name);
  await page.goto('/settings/service-keys');
  await page.getByLabel('Owner').fill(name);
  await page.getByRole('button', { name: 'Add service key' }).click();
  const service = await page.getByTestId('secret').innerText();
  return async (key: string): Promise<string> => {
    const answer = await fetch(`${desk.verifyUrl}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key }),
    });
    return ((await answer.json()) as { code: string }).code;
  };
}

const changes = (desk: OidcDesk) =>
  desk.query<{ line: string }>(
    `select concat_ws(' ', actor, action) as line from audit_event
     where action in ('user.link', 'key.regenerate', 'key.deactivate') order by seq desc limit 3`,
  );

test.describe('my keys @plain', () => {
  test('are seen, regenerated with overlap and switched off by their owner alone', async ({
    page,
    oidc,
    browser,
    javaScriptEnabled,
  }) => {
    const own = { browser, javaScriptEnabled };
    const desk = await adminPage(own, oidc);
    const verify = await makeVerifier(desk, oidc);
    const alice = await addPerson(oidc, 'alice');
    const bob = await addPerson(oidc, 'bob');
    const [key, foreign] = [await makeKey(desk, oidc, alice), await makeKey(desk, oidc, bob)];
    await choosePolicy(desk, 'See, switch off and regenerate their keys');
    await expectAccessible(desk);

    await enterAs(page, alice.at);
    await expect(page).toHaveURL(/\/me$/);
    await expect(page.getByRole('heading', { name: 'My keys' })).toBeVisible();
    await expect(page.getByText(`reports of ${alice.name}`)).toBeVisible();
    await expect(page.getByText(`reports of ${bob.name}`)).toHaveCount(0);
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveCount(1);
    await expectAccessible(page);
    await page.getByRole('link', { name: /^kd_/ }).click();
    await expect(page.getByRole('heading', { name: `reports of ${alice.name}` })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Regenerate' }).click();
    await expect(page.getByText('0 calls').first()).toBeVisible();
    await page.getByLabel('Old key stops working').selectOption('In 1 hour');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('Your new key. The old one works until')).toBeVisible();
    const secret = await page.getByTestId('secret').innerText();
    await expectAccessible(page);
    expect(await Promise.all([key.secret, secret, foreign.secret].map(verify))).toEqual(
      Array(3).fill('VALID'),
    );
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page).toHaveURL(new RegExp(`/me/${key.id}\\??$`));
    await expect(page.getByText('Old and new key both work')).toBeVisible();

    await page.getByRole('button', { name: 'Switch off' }).click();
    await expect(page.getByText('Only an administrator can switch it on again.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText('This key is switched off.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Regenerate|Switch/ })).toHaveCount(0);
    await expectAccessible(page);
    expect(await Promise.all([key.secret, secret, foreign.secret].map(verify))).toEqual([
      ...['INACTIVE', 'INACTIVE', 'VALID'],
    ]);
    expect((await changes(oidc)).map(({ line }) => line)).toEqual([
      `${alice.name} key.deactivate`,
      `${alice.name} key.regenerate`,
      `${alice.name} user.link`,
    ]);

    await signOutButton(page).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto('/me');
    await expect(page).toHaveURL(/\/login\?next=%2Fme$/);
    await desk.context().close();
  });
});

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

  test('are refused without a verified address, and where it is not clear whose', async ({
    page,
    oidc,
  }) => {
    await allow(oidc);
    const alice = await addPerson(oidc, 'alice');
    await addPerson(oidc, 'carol', `${alice.name}-2@example.org`);
    await addPerson(oidc, 'dave', `${alice.name}-2@example.org`);
    for (const person of [
      `${alice.name}-9 ${alice.name} staff ${alice.name}@example.org?`,
      `${alice.name}-9 ${alice.name} staff`,
      `${alice.name}-9 ${alice.name} staff ${alice.name}-2@example.org`,
    ]) {
      await enterAs(page, person);
      await expect(alertOf(page)).toContainText('cannot tell whose keys are yours');
    }
    const linked = 'select from federated_identity where subject = $1';
    expect(await oidc.query(linked, [`${alice.name}-9`])).toEqual([]);
    // The wrong answers have not spent the right one.
    await enterAs(page, alice.at);
    await expect(page.getByRole('heading', { name: 'My keys' })).toBeVisible();
  });
});

/** Makes a key as an administrator, with a link for its user alone. */
async function makeLink(page: Page, desk: OidcDesk, { id, name }: Person) {
  await page.goto(`/keys/new?user=${name}`);
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Hand it over by a link').check();
  await page.getByLabel('Only its user, signed in').check();
  await expect(page.getByText('after signing in at Example ID')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`Only ${name}, signed in at Example ID, gets`)).toBeVisible();
  const link = await page.getByTestId('secret').innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const [key] = await desk.query<{ id: string }>('select id from api_key where owner_id = $1', [
    id,
  ]);
  await page.goto(`/keys/${key?.id}`);
  await expect(page.getByRole('region', { name: 'Waiting to be collected' })).toContainText(
    `Only ${name} can collect it, signed in at Example ID.`,
  );
  const fragment = link.slice(link.indexOf('#') + 1);
  return { link, fragment, path: new URL(link).pathname };
}

/** Opens a link that is for its user alone, and signs in from there. */
async function openAs(page: Page, { link, path }: { link: string; path: string }, at: string) {
  await page.context().clearCookies();
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('button', { name: 'Show the key' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Sign in to see this key' }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await sayAtProvider(page, at);
  await expect(page).toHaveURL((url) => url.pathname === path);
}

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

const allow = (oidc: OidcDesk) =>
  oidc.query(`insert into key_policy (own_keys) values ('regenerate')
    on conflict (id) do update set own_keys = 'regenerate'`);

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
