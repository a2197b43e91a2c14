import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { formsOf, plainBrowser } from '../helpers/plain-browser';
import { admin, enter, expect, freshName, type SignedDesk, test } from './desk';

/** A foreign site with the same page at every address. */
async function openSite(html: string) {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => server.close() };
}

/** The form "Add user" from our own page, filled in, which submits itself when loaded. */
async function stolenForm(desk: SignedDesk, username: string): Promise<string> {
  const browser = plainBrowser(desk.url);
  await browser.signIn(admin.username, admin.password);
  const own = formsOf(await browser.get('/users/new')).find(({ fields }) => 'id' in fields);
  const fields = { ...own?.fields, username, active: 'yes' };
  const inputs = Object.entries(fields).map(([name, value]) => {
    const quoted = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    return `<input name="${name}" value="${quoted}">`;
  });
  return `<form method="post" enctype="multipart/form-data" action="${desk.url}/users/new">${inputs.join('')}</form>
    <script>onload = () => setTimeout(() => document.forms[0].submit())</script>`;
}

async function isUser(desk: SignedDesk, username: string) {
  const found = await desk.query('select 1 from directory_user where username = $1', [username]);
  return found.length > 0;
}

async function sent(page: Page, desk: SignedDesk, address: string) {
  const answered = page.waitForResponse(
    (response) =>
      response.url() === `${desk.url}/users/new` && response.request().method() === 'POST',
  );
  await page.goto(address);
  return answered;
}

for (const [what, host] of [
  ['another site', '127.0.0.1'],
  // The cookie is sent there, because ports do not make a site. Only the check of the Origin refuses it.
  ['another port of this host', 'localhost'],
] as const) {
  test(`a form on ${what} that sends itself does nothing`, async ({ page, desk }) => {
    const name = freshName('forged');
    const site = await openSite(await stolenForm(desk, name));
    await enter(page, desk);
    await sent(page, desk, `http://${host}:${site.port}/`);
    expect(await isUser(desk, name)).toBe(false);
    site.close();
  });
}

test('neither does one in a sandboxed frame, whose Origin is null', async ({ page, desk }) => {
  const name = freshName('framed');
  const inner = (await stolenForm(desk, name)).replaceAll('&', '&amp;').replaceAll("'", '&#39;');
  // The debugger may miss what a frame of another process sends, but its parent page does not.
  const count = 'document.title = Number(document.title) + 1';
  const site = await openSite(
    `<iframe onload="${count}" sandbox="allow-scripts allow-forms" srcdoc='${inner}'></iframe>`,
  );
  await enter(page, desk);
  await page.goto(`http://localhost:${site.port}/`);
  // Loaded once with the form, and once with the answer.
  await expect(page).toHaveTitle('2');
  expect(await isUser(desk, name)).toBe(false);
  site.close();
});

test('our pages do not appear in a frame of another', async ({ page, desk }) => {
  const site = await openSite(`<iframe src="${desk.url}/login"></iframe>`);
  await page.goto(`http://localhost:${site.port}/`);
  await page.waitForLoadState('networkidle');
  await expect(page.frameLocator('iframe').getByLabel('Username')).toHaveCount(0);
  site.close();
});

test('control: the same form does its work when our own page sends it', async ({ page, desk }) => {
  const name = freshName('honest');
  await enter(page, desk, '/users/new');
  await page.getByLabel('Username').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).not.toHaveURL(/\/users\/new/);
  expect(await isUser(desk, name)).toBe(true);
});
