import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, freshName, signIn } from './desk';
import { type OidcDesk, sayAtProvider } from './oidc-desk';

export type Own = { browser: Browser; javaScriptEnabled: boolean | undefined };

/** The browser of an administrator, signed in with a password. */
export async function adminPage(
  { browser, javaScriptEnabled }: Own,
  desk: OidcDesk,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: desk.url,
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  });
  const page = await context.newPage();
  await signIn(page, '/settings/policies');
  return page;
}

export async function choosePolicy(page: Page, rule: string) {
  await page.goto('/settings/policies');
  await page.getByLabel('People may').selectOption(rule);
  await page.getByRole('button', { name: 'Save My keys' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByLabel('People may').locator('option:checked')).toHaveText(rule);
}

export type Person = { id: string; name: string; at: string };

/** A person in the directory with an address, and what they say at the provider. */
export async function addPerson(desk: OidcDesk, stem: string, email = ''): Promise<Person> {
  const name = freshName(stem);
  const id = await desk.addUser(name);
  const address = email || `${name}@example.org`;
  await desk.query('update directory_user set email = $2 where id = $1', [id, address]);
  return { id, name, at: `${name}-1 somebody staff ${address}` };
}

/** Makes a key as an administrator. */
export async function makeKey(page: Page, desk: OidcDesk, { id, name }: Person) {
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
export async function makeVerifier(page: Page, desk: OidcDesk) {
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

export const changes = (desk: OidcDesk) =>
  desk.query<{ line: string }>(
    `select concat_ws(' ', actor, action) as line from audit_event
     where action in ('user.link', 'key.regenerate', 'key.deactivate') order by seq desc limit 3`,
  );

/** Makes a key as an administrator, with a link for its user alone. */
export async function makeLink(page: Page, desk: OidcDesk, { id, name }: Person) {
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
export async function openAs(
  page: Page,
  { link, path }: { link: string; path: string },
  at: string,
) {
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

export const allow = (oidc: OidcDesk) =>
  oidc.query(`insert into key_policy (own_keys) values ('regenerate')
    on conflict (id) do update set own_keys = 'regenerate'`);
