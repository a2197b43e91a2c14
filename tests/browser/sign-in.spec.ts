import { cookieNameAt } from '../helpers/cookie-name';
import { admin, enterCredentials, expect, freshName, signIn, signOut, test } from './desk';

test.describe('signing in @plain', () => {
  test('leads to the page that was asked for @plain-main', async ({ page }) => {
    await page.goto('/keys?status=inactive&username=x');
    await expect(page).toHaveURL(/\/login\?next=/);
    await page.getByLabel('Username').fill('ADMIN ');
    await page.getByLabel('Password').fill(admin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/keys\?status=inactive&username=x$/);
  });

  test('never leads to another site', async ({ page, desk }) => {
    await signIn(page, '/login?next=%2F%2Fevil.example%2F');
    await expect(page).toHaveURL(`${desk.url}/keys`);
  });

  test('says the same of an unknown name and a wrong password, and keeps the name', async ({
    page,
    desk,
  }) => {
    await desk.query('delete from sign_in_failure');
    const answers: string[] = [];
    for (const name of ['admin', 'nobody at all']) {
      await page.goto('/login');
      await page.getByLabel('Username').fill(name);
      await page.getByLabel('Password').fill('not the password at all');
      await page.getByRole('button', { name: 'Sign in' }).click();
      const alert = page.getByRole('alert').filter({ hasText: /\w/ });
      await expect(alert).toBeVisible();
      answers.push(await alert.innerText());
      await expect(page.getByLabel('Username')).toHaveValue(name);
      await expect(page.getByLabel('Password')).toHaveValue('');
    }
    expect(answers).toEqual(Array(2).fill('Wrong username or password.'));
    await desk.query('delete from sign_in_failure');
  });
});

test.describe('signing out', () => {
  test('refuses a copied cookie at once @plain-main', async ({ page, context, browser, desk }) => {
    await signIn(page);
    const cookies = await context.cookies();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    const thief = await browser.newContext({ baseURL: desk.url });
    await thief.addCookies(cookies);
    const stolen = await thief.newPage();
    await stolen.goto('/keys');
    await expect(stolen).toHaveURL(/\/login/);
    await thief.close();
  });

  test('makes the browser forget, and Back shows nothing @plain', async ({ page, desk }) => {
    await signIn(page, '/settings');
    await page.goto('/keys');
    const answers: string[] = [];
    page.on('response', async (response) => {
      const told = await response.headerValue('clear-site-data');
      if (told) answers.push(told);
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect.poll(() => answers).toContain('"cache", "storage"');
    expect(await page.context().cookies()).not.toContainEqual(
      expect.objectContaining({ name: cookieNameAt(desk.url, 'session') }),
    );
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
    // Parallel requests may each get the header. After the cookie is gone, none does.
    const signedOut = cookieNameAt(desk.url, 'signed-out');
    const marks = async () =>
      (await page.context().cookies()).filter(({ name }) => name === signedOut);
    await expect.poll(marks).toEqual([]);
    const later = await page.goto('/login');
    expect(await later?.headerValue('clear-site-data')).toBeNull();
  });
});

test.describe('a session', () => {
  test('ends after 30 idle minutes and after 12 hours', async ({ page, desk }) => {
    for (const age of [
      `last_seen_at = now() - interval '31 minutes'`,
      `created_at = now() - interval '12 hours 1 second'`,
    ]) {
      await signIn(page);
      await desk.query(
        `update session set ${age} where created_at = (select max(created_at) from session)`,
      );
      await page.goto('/keys');
      await expect(page).toHaveURL(/\/login/);
    }
  });

  test('is a cookie that scripts cannot read, and a page nobody caches', async ({
    page,
    context,
    desk,
  }) => {
    await signIn(page);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const cookies = await context.cookies();
    expect(cookies.map(({ name }) => name)).toContain(cookieNameAt(desk.url, 'session'));
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    }
    const answer = await page.goto('/keys');
    expect(answer?.headers()['cache-control']).toBe('no-store');
    expect((await page.request.get('/api/auth/session')).status()).toBe(404);
    expect((await page.request.get('/api/auth/callback/oidc')).status()).toBe(404);
  });
});

test('a browser in which one has signed in is open whatever strangers fail', async ({
  page,
  desk,
  browser,
}) => {
  const username = freshName('watched');
  const who = { username, password: admin.password };
  await desk.addUser(username, { role: 'viewer', password: who.password });
  await signIn(page, '/keys', who);
  await signOut(page);
  const elsewhere = await browser.newContext({ baseURL: desk.url });
  const stranger = await elsewhere.newPage();
  await stranger.goto('/login');
  await enterCredentials(stranger, { username, password: 'wrong' });
  await expect(stranger.getByText('Wrong username or password.')).toBeVisible();
  await desk.query(`update sign_in_failure set failures = 100, blocked_until = now() + interval '1 day'
    where kept_until is null`);
  await enterCredentials(stranger, who);
  await expect(stranger.getByText(/^Too many failed attempts/)).toBeVisible();
  await signIn(page, '/keys', who);
  await desk.query('delete from sign_in_failure');
  await elsewhere.close();
});
