import { expectAccessible } from './axe';
import { expect } from './desk';
import {
  addPerson,
  adminPage,
  allow,
  changes,
  choosePolicy,
  makeKey,
  makeVerifier,
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
