import { expectAccessible } from './axe';
import { excessWidth, expect } from './desk';
import {
  addPerson,
  adminPage,
  allow,
  changes,
  choosePolicy,
  makeKey,
  makeLink,
  makeVerifier,
  openAs,
} from './my-keys-people';
import { alertOf, enterAs, signOutButton, test } from './oidc-desk';

// One worker for the whole file, because a second one would start another desk and provider.
test.describe.configure({ mode: 'default', timeout: 60_000 });

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
