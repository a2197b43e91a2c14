import { enter, expect, freshName, rowOf, test } from './desk';

test.describe('the directory @plain', () => {
  test('takes a service with the person who answers for it', async ({ page, desk }) => {
    const [person, service] = [freshName('ada'), freshName('billing')];
    await desk.addUser(person);
    await enter(page, desk, '/users/new');
    await page.getByLabel('Username', { exact: true }).fill(service);
    await expect(page.getByLabel('Responsible')).toBeHidden();
    await page.getByRole('radio', { name: 'Service' }).check();
    await page.getByLabel('Responsible').fill(`${person}x`);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`User "${person}x" is not in the database.`)).toBeVisible();
    await expect(page.getByLabel('Responsible')).toHaveValue(`${person}x`);
    await page.getByLabel('Responsible').fill(person.toUpperCase());
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`User ${service} was added.`)).toBeVisible();
    await page.goto(`/users?username=${service}`);
    await page.getByLabel('Kind').selectOption('Service');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page).toHaveURL(/kind=service/);
    await expect(rowOf(page, service)).toContainText('Service');
    await rowOf(page, service).getByRole('link', { name: service }).click();
    await page.getByRole('link', { name: person }).click();
    await expect(page.getByText('Responsible for')).toBeVisible();
    await expect(page.getByRole('link', { name: service })).toBeVisible();
  });

  test('takes a look-alike of another script only by a second click', async ({ page, desk }) => {
    const name = freshName('cec');
    const alike = name.replaceAll('c', '\u0441');
    await desk.addUser(name);
    await enter(page, desk, '/users/new');
    await page.getByLabel('Username').fill(alike);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`This looks like the name of user "${name}".`)).toBeVisible();
    await expect(page.getByLabel('Username')).toHaveValue(alike);
    await page.getByRole('button', { name: 'Save anyway' }).click();
    await expect(page.getByText(`User ${alike} was added.`)).toBeVisible();
  });

  test('asks who takes over the services of a user who leaves', async ({ page, desk }) => {
    const [name, next, service] = [freshName('vic'), freshName('wim'), freshName('crm')];
    const id = await desk.addUser(name);
    await desk.addUser(next);
    const serviceId = await desk.addUser(service);
    await desk.query(
      `update directory_user set kind = 'service', responsible_id = $2 where id = $1`,
      [serviceId, id],
    );
    await enter(page, desk, `/users/${id}`);
    await page.getByRole('radio', { name: 'No' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('This user is responsible for 1 service.')).toBeVisible();
    await page.getByLabel('Who takes over?').fill(service);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`User "${service}" is a service: enter a person.`)).toBeVisible();
    await page.getByLabel('Who takes over?').fill(next);
    await page.getByRole('button', { name: 'OK' }).click();
    await expect(page.getByText(`${next} is responsible for their service now.`)).toBeVisible();
    await page.goto(`/users/${serviceId}`);
    await expect(page.getByText(`Responsible: ${name} → ${next}`)).toBeVisible();
  });
});

test('the settings say who is signed in and who else may @plain', async ({ page, desk }) => {
  await enter(page, desk, '/settings');
  await expect(page.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
  const list = page.getByRole('navigation', { name: 'Settings pages' });
  await expect(list.getByRole('link')).toHaveText([
    ...['Account', 'Security', 'Sessions', 'Administrators'],
    ...['Service keys', 'Policies', 'Notices'],
  ]);
  await expect(list.locator('[aria-current=page]')).toHaveText('Account');
  await list.getByRole('link', { name: 'Administrators' }).click();
  const admin = page.getByRole('rowheader', { name: 'admin', exact: true });
  await expect(page.getByRole('row').filter({ has: admin })).toContainText('Admin');
  await page.getByRole('link', { name: 'Add administrator' }).click();
  await expect(page.getByLabel('Role')).toContainText(
    'Operator: sees everything, changes keys and users',
  );
  await expect(list.locator('[aria-current]')).toHaveText('Administrators');
  const trail = page.getByRole('navigation', { name: 'Breadcrumb' });
  await trail.getByRole('link', { name: 'Administrators' }).click();
  await expect(page).toHaveURL(/\/settings\/administrators$/);
});
