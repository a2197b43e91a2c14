import { enter, expect, freshName, rowOf, type SignedDesk, test } from './desk';

const addKeys = (desk: SignedDesk, owner: string, count: number) =>
  desk.query(
    `insert into api_key (id, owner_id, name, created_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, 'no ' || n, now() + n * interval '1 ms', sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) n`,
    [owner, count],
  );

async function priyas(desk: SignedDesk, keys: number) {
  const name = freshName('priya');
  const [id, other] = [await desk.addUser(name), await desk.addUser(`${name}.n`)];
  await addKeys(desk, other, keys);
  return { name, id, other };
}

test.describe('the keys of one user @plain', () => {
  test('are nobody else’s, also where the other name contains theirs', async ({ page, desk }) => {
    const { name, id, other } = await priyas(desk, 4);
    await enter(page, desk, `/users/${id}`);
    await expect(page.getByText('This user has no keys.')).toBeVisible();
    await page.getByRole('link', { name: '0 keys' }).click();
    await expect(page.getByText(`Owner: ${name}`, { exact: true })).toBeVisible();
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await expect(page.getByRole('form', { name: 'Change selected keys' })).toHaveCount(0);
    await page.goto(`/users?username=${name}`);
    await page.getByRole('link', { name: `4 keys of ${name}.n` }).click();
    await expect(page).toHaveURL(`${desk.url}/keys?owner=${other}`);
    await expect(rowOf(page, `${name}.n`)).toHaveCount(4);
    await page.getByRole('button', { name: 'More' }).click();
    const file = page.getByRole('link', { name: 'Export CSV' });
    await expect(file).toHaveAttribute('href', `/keys/export?owner=${other}`);
  });

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

  test('stand on the page of the user, the newest 25 with the way to all', async ({
    page,
    desk,
  }) => {
    const { other } = await priyas(desk, 27);
    await desk.query(
      `update api_key set deleted_at = now() where owner_id = $1 and name = 'no 27'`,
      [other],
    );
    await enter(page, desk, `/users/${other}`);
    const table = page.getByRole('table', { name: 'API keys' });
    await expect(table.getByRole('row')).toHaveCount(26);
    await expect(table.getByRole('row').nth(1)).toContainText('no 26');
    await page.getByRole('link', { name: 'All 26 keys' }).click();
    await expect(page).toHaveURL(`${desk.url}/keys?owner=${other}`);
    await page.goBack();
    await table.getByRole('link', { name: 'kd_AbCd…wXyZ' }).first().click();
    await expect(page.getByRole('heading', { name: /of priya/, level: 1 })).toBeVisible();
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
