import type { Page } from '@playwright/test';
import { clientSecret } from '../oidc/start-provider';
import { admin, expect, freshName } from './desk';
import { alertOf, enterAs, sayAtProvider, signOutButton, test, toProvider } from './oidc-desk';

// One worker for the whole file, because a second one would start another desk and provider.
test.describe.configure({ mode: 'default' });

/** Gets the provider's answer and keeps it from the browser that it is meant for. */
async function catchAnswer(page: Page, person: string): Promise<URL> {
  await toProvider(page);
  const { request } = page.context();
  const form = { person, answer: 'yes' };
  let answer = await request.post(page.url(), { form, maxRedirects: 0 });
  for (;;) {
    const next = new URL(answer.headers().location ?? '', answer.url());
    if (next.pathname === '/api/auth/callback/oidc') return next;
    answer = await request.get(next.href, { maxRedirects: 0 });
  }
}

test.describe('single sign-on @plain', () => {
  test('lets a mapped admin in, to the page that was asked for', async ({ page, oidc }) => {
    const name = freshName('ada');
    await enterAs(page, `${name}-1 ${name} staff,desk-admins`, '/audit?actor=nobody');
    await expect(page).toHaveURL(/\/audit\?actor=nobody$/);
    await page.goto('/settings');
    await expect(page.getByText('Example ID')).toBeVisible();
    await page.getByRole('link', { name: 'Security' }).click();
    await expect(page.getByText('you sign in with Example ID')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Change password' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Administrators' }).click();
    await expect(page.getByRole('link', { name: 'Add administrator' })).toBeVisible();
    const cookies = (await page.context().cookies()).filter(({ name }) => /keydesk/.test(name));
    expect(cookies.every(({ httpOnly }) => httpOnly)).toBe(true);
    await signOutButton(page).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/login/);
    const ofThem =
      'select from session join directory_user u on u.id = user_id where username = $1';
    expect(await oidc.query(ofThem, [name])).toHaveLength(0);
  });

  test('refuses people without a mapped group, and names that are taken', async ({
    page,
    oidc,
  }) => {
    const name = freshName('eve');
    await enterAs(page, `${name}-1 ${name} staff`);
    await expect(alertOf(page)).toContainText('None of your groups');
    await enterAs(page, `${name}-1 ${admin.username} desk-admins`);
    await expect(alertOf(page)).toContainText('a user with your name');
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/login/);
    const made = 'select from federated_identity where subject = $1';
    expect(await oidc.query(made, [`${name}-1`])).toHaveLength(0);
  });

  test('confirms who uses a session, by asking them again', async ({ page, oidc }) => {
    const name = freshName('ada');
    await enterAs(page, `${name}-1 ${name} desk-admins`);
    await expect(signOutButton(page)).toBeVisible();
    await oidc.query(`update session set proved_at = now() - interval '6 minutes'`);
    await page.goto('/settings/administrators/new');
    await page.getByRole('link', { name: 'Confirm it is you' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
    await expect(page.getByLabel('Password')).toHaveCount(0);
    const before = await page.context().cookies(oidc.url);
    await page.getByRole('button', { name: 'Confirm with Example ID' }).click();
    // Asked again, although the session there is open.
    await expect(page).toHaveTitle('Provider');
    await sayAtProvider(page, `${name}-1 ${name} desk-admins`);
    await expect(page).toHaveURL(/\/settings\/administrators\/new$/);
    const after = await page.context().cookies(oidc.url);
    const session = (all: typeof after) => all.find(({ name }) => /session/.test(name))?.value;
    expect(session(after)).not.toBe(session(before));

    await oidc.query(`update session set proved_at = now() - interval '6 minutes'`);
    await page.goto('/settings/administrators/new');
    await page.getByRole('link', { name: 'Confirm it is you' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
    await page.context().clearCookies({ domain: '127.0.0.1' });
    await page.getByRole('button', { name: 'Confirm with Example ID' }).click();
    await sayAtProvider(page, `${name}-2 ${name}-2 desk-admins`);
    await expect(alertOf(page)).toContainText('You signed in as someone else.');
    await page.goto('/settings/administrators/new');
    await expect(page.getByText('Before you change anything')).toBeVisible();
  });
});

test.describe('an answer of the provider', () => {
  const failed = 'Signing in with your provider failed.';

  test('counts once, and only with its state', async ({ page, oidc }) => {
    const name = freshName('ada');
    const answer = await catchAnswer(page, `${name}-1 ${name} desk-admins`);
    const tampered = new URL(answer);
    tampered.searchParams.set('state', 'another');
    const own = await page.context().cookies();

    await page.goto(tampered.href);
    await expect(alertOf(page)).toContainText(failed);
    // Another browser, which an attacker's link would sign in as the attacker.
    await page.context().clearCookies();
    await page.goto(answer.href);
    await expect(alertOf(page)).toContainText(failed);
    await page.context().addCookies(own);
    await page.goto(answer.href);
    await expect(signOutButton(page)).toBeVisible();
    // Replayed, even with all cookies of the first browser.
    for (const cookies of [null, own]) {
      await page.context().clearCookies();
      if (cookies) await page.context().addCookies(cookies);
      await page.goto(answer.href);
      await expect(alertOf(page)).toContainText(/provider/);
    }
    expect(oidc.log()).not.toContain(answer.searchParams.get('code') ?? 'no code');
    expect(oidc.log()).not.toContain(clientSecret);
    expect(oidc.log()).not.toMatch(/eyJ[\w-]{20}/);
    expect(oidc.log()).toContain('"event":"single sign-on"');
  });

  for (const parameter of ['nonce', 'code_challenge']) {
    test(`is refused where its ${parameter} is another one`, async ({ page, oidc }) => {
      const name = freshName('ada');
      const path = `${oidc.provider.issuer}/auth?*`;
      await page.route(path, async (route) => {
        const url = new URL(route.request().url());
        url.searchParams.set(parameter, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
        await route.fulfill({ status: 303, headers: { location: url.href } });
        await page.unroute(path);
      });
      await enterAs(page, `${name}-1 ${name} desk-admins`);
      await expect(alertOf(page)).toContainText(/provider/);
      await page.goto('/keys');
      await expect(page).toHaveURL(/\/login/);
    });
  }
});
