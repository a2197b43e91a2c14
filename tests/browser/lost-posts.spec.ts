import { actionEntryPoints } from '../attack/helpers/entry-points';
import { admin, enter, expect, test } from './desk';
import { loseAll, quick } from './lose-forms';
import { entriesOf, losePost } from './lost-posts';
import { forms } from './lost-posts-forms';
import { plantKey } from './planted-key';

/**
 * Only with a provider: `tests/browser/oidc.spec.ts`. With a link and its two people:
 * `tests/browser/hand-over.spec.ts`. Without JavaScript: a file of keys.
 */
const elsewhere = [
  ...['proveAtProviderAction', 'providerSignInAction'],
  ...['collectKeyAction', 'endHandOverAction'],
];

test('every action has its form here', () => {
  const named = Object.values(forms).flatMap(({ actions }) => actions);
  expect([...named, ...elsewhere].sort()).toEqual(Object.keys(actionEntryPoints).sort());
});

loseAll(quick);

test('an answer that is lost leads to one record, and to the news of it', async ({
  page,
  desk,
}) => {
  const { name, owner } = await plantKey(desk);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByLabel('Name', { exact: true }).fill('made meanwhile');
  const sent: string[] = [];
  await page.route('**/keys/new', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent.push(route.request().postData() ?? '');
    await route.fetch();
    await route.abort('connectionreset');
  });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Keydesk could not be reached.')).toBeVisible();
  await page.unroute('**/keys/new');
  const again = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  sent.push((await again).postData() ?? '');
  await expect(
    page.getByText('This form was sent before, and its key was made then'),
  ).toBeVisible();
  const [first, second] = sent.map((body) => /requestId"\s+([0-9a-f-]{36})/.exec(body)?.[1]);
  expect(first).toBeTruthy();
  expect(second).toBe(first);
  const made = 'select 1 from api_key where owner_id = $1 and name = $2';
  expect(await desk.query(made, [owner, 'made meanwhile'])).toHaveLength(1);
});

test('after an update the page is loaded again with all that may be kept', async ({
  page,
  desk,
}) => {
  const { name } = await plantKey(desk);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByText('More options').click();
  await page.getByLabel('Scopes').fill('reports:read');
  await page.getByLabel('No', { exact: true }).check();
  await page.getByLabel('Per').selectOption({ index: 1 });
  const typed = await entriesOf(page);
  await losePost(page, 'an action of a build that is gone', () =>
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  );
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('Keydesk was updated')).toHaveCount(0);
  await expect(page.getByLabel('User', { exact: true })).toHaveValue(name);
  // Includes the request id. With another one, a first request that did arrive would be repeated.
  expect(await entriesOf(page)).toEqual(typed);
  await expect(page.getByLabel('Scopes')).toBeVisible();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`API key generated for ${name}.`)).toBeVisible();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.goto('/keys/new');
  await expect(page.getByLabel('User', { exact: true })).toHaveValue('');
});

test('a password is kept in its field, and nowhere else', async ({ page }) => {
  await page.goto('/login');
  await page.getByLabel('Username').fill(admin.username);
  await page.getByLabel('Password').fill(admin.password);
  await losePost(page, 'an action of a build that is gone', () =>
    page.getByRole('button', { name: 'Sign in' }).click(),
  );
  await expect(page.getByLabel('Password')).toHaveValue(admin.password);
  await page.addInitScript(() => {
    Object.assign(window, { storedAtLoad: JSON.stringify({ ...sessionStorage }) });
  });
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByLabel('Username')).toHaveValue(admin.username);
  await expect(page.getByLabel('Password')).toHaveValue('');
  const stored = await page.evaluate(() => (window as { storedAtLoad?: string }).storedAtLoad);
  expect(stored).toContain(admin.username);
  expect(stored).not.toContain(admin.password);
});
