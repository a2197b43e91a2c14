import type { Page } from '@playwright/test';
import { enter, expect, freshName, rowOf, type SignedDesk, test } from './desk';

/** A revealable key, made through the form. */
async function makeRevealable(page: Page, desk: SignedDesk) {
  const name = freshName('ren');
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await desk.query('update session set proved_at = now()');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByText('More options').click();
  await expect(page.getByLabel('Revealable')).not.toBeChecked();
  await page.getByLabel('Revealable').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Only an admin can reveal it again')).toBeVisible();
  const secret = await page.getByTestId('secret').innerText();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.goto(`/keys?username=${name}`);
  return { name, secret };
}

async function reveal(page: Page, reason = 'the job lost it') {
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Reveal' }).click();
}

const shown = (page: Page) => page.getByTestId('secret');

test('an admin says why and sees the secret @plain', async ({ page, desk }) => {
  const { name, secret } = await makeRevealable(page, desk);
  const button = rowOf(page, name).getByRole('button', { name: 'Reveal' });
  await expect(button).toHaveAccessibleDescription(name);
  await reveal(page, '  ');
  await expect(page.getByText('Enter a reason.')).toBeVisible();
  await expect(shown(page)).toHaveCount(0);
  await page.getByLabel('Reason').fill('<i>the job</i> lost it');
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(shown(page)).toHaveText(secret);
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveURL(`${desk.url}/keys?username=${name}`);
  expect(await page.content()).not.toContain(secret);
  await page.goto(`/audit?target=${name}&action=key.reveal`);
  await expect(page.getByText('Reason: <i>the job</i> lost it')).toBeVisible();
});

test('a reveal that is sent again shows nothing, and the page leaves by itself @plain-only', async ({
  page,
  desk,
}) => {
  const { name, secret } = await makeRevealable(page, desk);
  await reveal(page);
  await expect(shown(page)).toHaveText(secret);
  expect(await page.content()).toMatch(/<meta http-equiv="refresh" content="50;url=\/keys/);
  await page.reload();
  await expect(page.getByText('This form has been sent before')).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  const events = await desk.query(
    `select 1 from audit_event where action = 'key.reveal' and target like $1`,
    [`${name} %`],
  );
  expect(events).toHaveLength(1);
});

test('the secret leaves the page within a minute, said politely, and Back brings nothing', async ({
  page,
  desk,
}) => {
  await page.clock.install();
  const { secret } = await makeRevealable(page, desk);
  await reveal(page);
  await expect(shown(page)).toHaveText(secret);
  await page.clock.runFor(1_000);
  await expect(page.getByRole('status').filter({ hasText: 'Hidden in 50' })).toBeAttached();
  await page.clock.runFor(22_000);
  await expect(page.getByRole('status').filter({ hasText: 'Hidden in 30' })).toBeAttached();
  await expect(shown(page)).toHaveText(secret);
  await page.clock.runFor(28_000);
  await expect(page.getByText('The secret is hidden again.')).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await expect(page.getByLabel('Reason')).toHaveValue('');
  expect(await page.content()).not.toContain(secret);
});

test('neither Back nor storage holds it, and "Hide now" hides it', async ({ page, desk }) => {
  const { secret } = await makeRevealable(page, desk);
  await reveal(page);
  await expect(shown(page)).toHaveText(secret);
  await page.goto('/settings');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]),
  );
  expect(kept).not.toContain(secret);
});

test('an answer that came before the page was alive is hidden from its scripts, too', async ({
  page,
  desk,
}) => {
  const { secret } = await makeRevealable(page, desk);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.waitForURL(/\/reveal/);
  let blocked = true;
  await page.route('**/_next/static/**', (route) =>
    blocked && route.request().resourceType() === 'script' ? route.abort() : route.continue(),
  );
  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.getByLabel('Reason').fill('impatient');
  blocked = false;
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(shown(page)).toHaveText(secret);
  const inScripts = () =>
    page.evaluate((text) => {
      const inline = [...document.querySelectorAll('script:not([src])')];
      return inline.some((script) => script.textContent?.includes(text));
    }, secret);
  // The page's data arrives after its content.
  await expect.poll(inScripts).toBe(true);
  await expect(async () => {
    await page.getByRole('button', { name: 'Hide now' }).click({ timeout: 500 });
    await expect(page.getByText('The secret is hidden again.')).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await page.content()).not.toContain(secret);
});

test('without the choice there is no button and no page', async ({ page, desk }) => {
  const name = freshName('rob');
  await desk.addUser(name);
  await enter(page, desk, '/keys/new');
  await page.getByLabel('User', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const row = rowOf(page, name);
  await expect(row.getByRole('button', { name: 'Edit' })).toBeVisible();
  await expect(row.getByRole('button', { name: 'Reveal' })).toHaveCount(0);
  const href = await row.getByRole('link', { name }).getAttribute('href');
  expect((await page.goto(`${href}/reveal`))?.status()).toBe(404);
});

test('whoever did not prove it lately is asked to, before anything else', async ({
  page,
  desk,
}) => {
  await makeRevealable(page, desk);
  await desk.query(`update session set proved_at = now() - interval '6 minutes'`);
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.waitForURL(/\/settings\/prove\?next=%2Fkeys%2F[0-9a-f-]+%2Freveal/);
  await desk.query('update session set proved_at = now()');
});
