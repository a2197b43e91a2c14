import { expect, test } from './desk';
import { makeRevealable, reveal, shown } from './revealable';

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
