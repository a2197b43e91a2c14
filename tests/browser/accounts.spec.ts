import type { Browser, Page } from '@playwright/test';
import { cookieNameAt } from '../helpers/cookie-name';
import { expectAccessible } from './axe';
import { codeNow } from './code-now';
import { expect, freshName, type SignedDesk, signIn, signOut, test } from './desk';
import { startDesk } from './start-desk';

const password = 'correct horse battery staple';
const fresh = 'quite another long password';

/** Opens a page as a new, signed-in administrator. */
async function enterAs(page: Page, desk: SignedDesk, path: string, role: 'viewer' | 'admin') {
  const username = freshName(role);
  await desk.addUser(username, { role, password });
  await signIn(page, path, { username, password });
  return username;
}

/** Sends username and password. The test checks where that leads. */
async function enterPassword(page: Page, username: string, word: string) {
  await page.goto('/login');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(word);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** As if password or code had been asked that long ago. */
const forgetProof = (desk: SignedDesk, username: string, ago = '6 minutes') =>
  desk.query(
    `update session set proved_at = now() - $2::interval
     where user_id = (select id from directory_user where username = $1)`,
    [username, ago],
  );

async function inAnotherBrowser(browser: Browser, desk: SignedDesk) {
  const context = await browser.newContext({ baseURL: desk.url });
  return context.newPage();
}

test.describe('administrators @plain', () => {
  test('a new one gets a one-time password and has to change it', async ({
    page,
    browser,
    desk,
  }) => {
    const name = freshName('linus');
    await enterAs(page, desk, '/settings/administrators', 'admin');
    await page.getByRole('link', { name: 'Add administrator' }).click();
    await page.getByLabel('Username').fill(name);
    await page.getByLabel('Role').selectOption('operator');
    await page.getByRole('button', { name: 'Save' }).click();
    const word = await page.getByTestId('shown-once').innerText();
    expect(word).toMatch(/^[\w-]{24}$/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page.getByRole('rowheader', { name })).toBeVisible();
    expect(await page.content()).not.toContain(word);

    const theirs = await inAnotherBrowser(browser, desk);
    await enterPassword(theirs, name, word);
    await expect(theirs.getByRole('heading', { name: 'Change password' })).toBeVisible();
    for (const path of ['/keys', '/users/new', '/settings', '/audit']) {
      await theirs.goto(path);
      await expect(theirs).toHaveURL(/\/settings\/password$/);
    }
    await expect(theirs.getByRole('link', { name: 'API keys' })).toHaveCount(0);
    await theirs.getByLabel('Current password').fill(word);
    await theirs.getByLabel('New password', { exact: true }).fill(fresh);
    await theirs.getByLabel('Repeat new password').fill(fresh);
    await theirs.getByRole('button', { name: 'Change password' }).click();
    await expect(theirs.getByText('Your password was changed.')).toBeVisible();
    await theirs.getByRole('link', { name: 'API keys' }).click();
    await expect(theirs.getByRole('heading', { name: 'API keys' })).toBeVisible();
    await theirs.context().close();
  });

  test('disabling one signs them out at once', async ({ page, browser, desk }) => {
    const theirs = await inAnotherBrowser(browser, desk);
    const name = await enterAs(theirs, desk, '/keys', 'viewer');
    await enterAs(page, desk, '/settings/administrators', 'admin');
    await page.getByRole('link', { name: `Change ${name}`, exact: true }).click();
    await page.getByRole('button', { name: 'Disable' }).click();
    await expect(page.getByText('The administrator was disabled')).toBeVisible();
    await theirs.goto('/keys');
    await expect(theirs).toHaveURL(/\/login/);
    await theirs.context().close();
  });

  test('looking is free after five minutes; a change asks for the proof and loses nothing', async ({
    page,
    desk,
  }) => {
    const made = freshName('made');
    const isMade = () => desk.query('select from directory_user where username = $1', [made]);
    const name = await enterAs(page, desk, '/settings/administrators', 'admin');
    await forgetProof(desk, name);
    await page.getByRole('link', { name: 'Add administrator' }).click();
    await expect(page.getByText('Before you change anything')).toBeVisible();
    await page.getByLabel('Username').fill(made);
    await page.getByLabel('Role').selectOption('operator');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
    await expect(page.getByText('Nothing has been changed yet.')).toBeVisible();
    await expectAccessible(page);
    expect(await isMade()).toHaveLength(0);
    await page.getByLabel('Password').fill('not the password at all');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('This is not your password.')).toBeVisible();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('Your change has not been made yet')).toBeVisible();
    await expect(page.getByLabel('Username')).toHaveValue(made);
    await expect(page.getByLabel('Role')).toHaveValue('operator');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByTestId('shown-once')).toBeVisible();
    expect(await isMade()).toHaveLength(1);
  });

  test('what may stand in no address comes back with JavaScript, and nothing was sent', async ({
    page,
    desk,
    javaScriptEnabled,
  }) => {
    const name = await enterAs(page, desk, '/settings/notices', 'admin');
    await forgetProof(desk, name);
    const url = 'https://hooks.example.org/canary';
    await page.getByLabel('URL').fill(url);
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await expect(page.getByRole('heading', { name: 'Confirm it is you' })).toBeVisible();
    expect(page.url()).not.toContain('canary');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText('Your change has not been made yet')).toBeVisible();
    await expect(page.getByLabel('URL')).toHaveValue(javaScriptEnabled ? url : '');
    expect(await desk.query('select from webhook where url = $1', [url])).toHaveLength(0);
  });
});

test.describe('a second factor @plain', () => {
  test('is set up, asked for at sign-in, and each code works once', async ({ page, desk }) => {
    test.setTimeout(90_000);
    const name = await enterAs(page, desk, '/settings/security', 'viewer');
    await page.getByRole('link', { name: 'Set up a second factor' }).click();
    await page.getByRole('button', { name: 'Set up' }).click();
    const qrCode = page.getByRole('img', { name: 'QR code of the secret' });
    await expect(qrCode).toBeVisible();
    await page.getByText('Enter the key manually').click();
    await expectAccessible(page);
    const secret = await page.getByTestId('totp-secret').innerText();
    await forgetProof(desk, name);
    await page.goto('/settings/second-factor');
    await expect(page.getByRole('button', { name: 'Set up' })).toBeVisible();
    await expect(qrCode).toHaveCount(0);
    for (const text of [secret, secret.replaceAll(' ', '')]) {
      expect(await page.content()).not.toContain(text);
    }
    await forgetProof(desk, name, '0 minutes');
    await page.goto('/settings/second-factor');
    await expect(qrCode).toBeVisible();
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText('This code is wrong.')).toBeVisible();
    await page.getByLabel('Code', { exact: true }).fill(codeNow(secret));
    await page.getByRole('button', { name: 'Confirm' }).click();
    const codes = (await page.getByTestId('shown-once').innerText()).split('\n');
    expect(codes).toHaveLength(10);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await expect(page.getByText('You have 10 recovery codes left')).toBeVisible();
    await signOut(page);

    const used = codeNow(secret, 1);
    await enterPassword(page, name, password);
    await expect(page.getByText(`Enter the code for ${name}`)).toBeVisible();
    await expectAccessible(page);
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/login\?/);
    for (const [code, works] of [
      [used, true],
      [used, false],
      [codes[0] ?? '', true],
      [codes[0] ?? '', false],
    ] as const) {
      await enterPassword(page, name, password);
      await page.getByLabel('Code', { exact: true }).fill(code);
      await page.getByRole('button', { name: 'Sign in' }).click();
      if (works) await signOut(page);
      else await expect(page.getByText('This code is wrong or was used before.')).toBeVisible();
    }
    await desk.query('delete from sign_in_failure');
  });
});

test.describe('own sessions @plain', () => {
  test('are listed, ended one by one, and all at once', async ({ page, browser, desk }) => {
    const name = await enterAs(page, desk, '/settings', 'viewer');
    const other = await inAnotherBrowser(browser, desk);
    await signIn(other, '/keys', { username: name, password });
    await page.getByRole('link', { name: 'Sessions' }).click();
    await expect(page.getByText('This browser')).toHaveCount(1);
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await expect(page.getByText('was ended.')).toBeVisible();
    await other.goto('/keys');
    await expect(other).toHaveURL(/\/login/);
    await signIn(other, '/keys', { username: name, password });
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await other.goto('/keys');
    await expect(other).toHaveURL(/\/login/);
    await other.context().close();
  });

  test('a password change gives a new id, and a copy of the old cookie is worth nothing', async ({
    page,
    context,
    browser,
    desk,
  }) => {
    await enterAs(page, desk, '/settings/password', 'viewer');
    const copied = await context.cookies();
    await page.getByLabel('Current password').fill(password);
    await page.getByLabel('New password', { exact: true }).fill(fresh);
    await page.getByLabel('Repeat new password').fill(fresh);
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('Your password was changed.')).toBeVisible();
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/keys$/);
    const thief = await inAnotherBrowser(browser, desk);
    await thief.context().addCookies(copied);
    await thief.goto('/keys');
    await expect(thief).toHaveURL(/\/login/);
    await thief.context().close();
  });
});

test.describe('cookies', () => {
  test('signing in gives a new session id', async ({ page, context, desk }) => {
    const username = await enterAs(page, desk, '/keys', 'viewer');
    const session = cookieNameAt(desk.url, 'session');
    const value = async () => (await context.cookies()).find(({ name }) => name === session)?.value;
    const before = await value();
    await signOut(page);
    await signIn(page, '/keys', { username, password });
    expect(await value()).not.toBe(before);
    expect(await value()).toBeTruthy();
  });

  test('are __Host- cookies under https', async () => {
    const address = 'https://keys.example.org';
    const admin = { username: 'admin', password };
    const desk = await startDesk(admin, {
      settings: () => ({ AUTH_URL: address }),
    });
    try {
      const page = await (await fetch(`${desk.probeUrl}/login`)).text();
      const form = new FormData();
      for (const [tag] of page.matchAll(/<input type="hidden"[^>]*>/g)) {
        const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
        form.set(of('name'), of('value').replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
      }
      form.set('username', admin.username);
      form.set('password', admin.password);
      const answer = await fetch(`${desk.probeUrl}/login`, {
        method: 'POST',
        body: form,
        headers: { origin: address },
        redirect: 'manual',
      });
      expect(answer.status).toBe(303);
      const cookies = answer.headers.getSetCookie();
      const names = cookies.map((line) => line.split('=')[0]);
      expect(names).toContain(cookieNameAt(address, 'session'));
      for (const cookie of cookies) {
        expect(cookie).toMatch(/^__Host-keydesk\./);
        for (const attribute of [
          /; Path=\/(;|$)/i,
          /; HttpOnly/i,
          /; Secure/i,
          /; SameSite=lax/i,
        ]) {
          expect(cookie).toMatch(attribute);
        }
        expect(cookie).not.toMatch(/Domain/i);
        expect(cookie.length).toBeLessThan(4_096);
      }
    } finally {
      await desk.stop();
    }
  });
});
