import { enter, expect, rowOf, test } from './desk';
import { addKeys, priyas } from './owner-keys';

test.describe('the keys of one user @plain', () => {
  test('stay asked for through search, order, bulk and Cancel, until "Remove"', async ({
    page,
    desk,
  }) => {
    const { name, other } = await priyas(desk, 4);
    const second = await desk.addUser(`${name}.o`);
    await addKeys(desk, second, 2);
    await enter(page, desk, `/keys?owner=${other}`);
    await page.getByRole('link', { name: 'Created' }).click();
    await expect(page).toHaveURL(/sort=created/);
    await page.getByLabel('Username').fill(name);
    await page.getByRole('button', { name: 'Search' }).click();
    const asked = `${desk.url}/keys?username=${name}&owner=${other}&sort=created`;
    await expect(page).toHaveURL((url) => sameQuery(url, new URL(asked)));
    await expect(rowOf(page, name)).toHaveCount(4);
    await page.getByRole('link', { name: 'Add New API Key' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page).toHaveURL((url) => sameQuery(url, new URL(asked)));
    await page
      .getByRole('checkbox', { name: /^Select kd_/ })
      .first()
      .check();
    await page.getByLabel('Select all 4 matching').check();
    await page.getByRole('form').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'Delete 4 API keys?' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText(`Owner: ${name}.n`)).toBeVisible();
    await page.getByRole('link', { name: 'Remove' }).click();
    await expect(page.getByText('Owner:')).toHaveCount(0);
    await expect(rowOf(page, name)).toHaveCount(6);
  });

  test('are none where the id is nobody’s; what is no id is said to be none', async ({
    page,
    desk,
  }) => {
    await enter(page, desk, '/keys?owner=019a0000-0000-7000-8000-000000000000');
    await expect(page.getByText('Owner: unknown user')).toBeVisible();
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await page.goto('/keys?owner=priya');
    await expect(page.getByText('The keys of all owners are listed.')).toBeVisible();
  });
});

/** Ignores the order of parameters, and empty ones. */
const sameQuery = (one: URL, other: URL) =>
  one.pathname === other.pathname && setIn(one) === setIn(other);
const setIn = ({ searchParams }: URL) =>
  [...searchParams]
    .filter(([, value]) => value)
    .sort()
    .join();
