import { clientSecret, providerSettings } from '../oidc/start-provider';
import { violations } from './axe';
import { admin, excessWidth, expect, freshName } from './desk';
import { alertOf, enterAs, signOutButton, test, toProvider } from './oidc-desk';
import { startDesk } from './start-desk';

// One worker for the whole file, because a second one would start another desk and provider.
test.describe.configure({ mode: 'default' });

test.describe('single sign-on @plain', () => {
  test('asks for a second factor that was set up here', async ({ page, oidc }) => {
    const name = freshName('ada');
    await enterAs(page, `${name}-1 ${name} desk-admins`);
    await expect(signOutButton(page)).toBeVisible();
    await oidc.query(
      `insert into second_factor (user_id, sealed_secret, confirmed_at)
       select id, decode(repeat('00', 48), 'hex'), now() from directory_user where username = $1`,
      [name],
    );
    await enterAs(page, `${name}-1 ${name} desk-admins`, '/audit');
    await expect(page.getByText(`Enter the code for ${name}.`)).toBeVisible();
    await page.getByLabel('Code').fill('123456');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(alertOf(page)).toContainText('This code is wrong');
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/login/);
  });

  test('follows the groups at the next sign-in, and ends other sessions', async ({
    page,
    browser,
    oidc,
    javaScriptEnabled,
  }) => {
    const name = freshName('ada');
    await enterAs(page, `${name}-1 ${name} desk-admins`);
    await expect(signOutButton(page)).toBeVisible();
    const context = await browser.newContext({ baseURL: oidc.url, javaScriptEnabled });
    const other = await context.newPage();
    await enterAs(other, `${name}-1 ${name} desk-view`, '/settings');
    await expect(other.getByText('Viewer:')).toBeVisible();
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/login/);
    await context.close();
  });

  test('says so where the provider refuses', async ({ page }) => {
    await toProvider(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(alertOf(page)).toContainText('Your sign-in provider did not sign you in.');
  });
});

test('a provider that is down stops neither the desk nor passwords', async ({ page }) => {
  const settings = () => providerSettings('http://127.0.0.1:9');
  const desk = await startDesk(admin, { settings });
  try {
    await page.goto(`${desk.url}/login`);
    await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
    await expect(alertOf(page)).toContainText('The sign-in provider is not answering.');
    await page.getByLabel('Username').fill(admin.username);
    await page.getByLabel('Password').fill(admin.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(signOutButton(page)).toBeVisible();
  } finally {
    await desk.stop();
  }
});

test('the forms that lead there break no rule of axe', async ({ page, oidc }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.setViewportSize({ width: 360, height: 800 });
  const name = freshName('axe');
  for (const path of ['/login?problem=no-group', '/settings/prove?problem=not-fresh']) {
    if (path.startsWith('/settings')) await enterAs(page, `${name}-1 ${name} desk-admins`);
    if (path.startsWith('/settings')) await expect(signOutButton(page)).toBeVisible();
    await page.goto(path);
    await expect(alertOf(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    const wide = await excessWidth(page);
    expect(wide).toBeLessThanOrEqual(0);
  }
  expect(problems).toEqual([]);
  expect(oidc.log()).not.toContain(clientSecret);
});
