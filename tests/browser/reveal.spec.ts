import { enter, expect, freshName, rowOf, test } from './desk';
import { makeRevealable, reveal, shown } from './revealable';

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
