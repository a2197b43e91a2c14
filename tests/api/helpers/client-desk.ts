import { test as base, expect } from '@playwright/test';
import { type Desk, startDesk } from '../../browser/start-desk';
import { plainBrowser } from '../../helpers/plain-browser';
import { type Client, clientFor } from './api-client';

export { expect };

type ApiDesk = Desk & { secret: string; client: Client; cookie: string };

const first = { username: 'ada', password: 'correct horse battery staple' };
const rights = ['verify', 'keys.read', 'keys.write', 'keys.widen', 'users.read', 'users.write'];

/** The built product with users, and a service key that an administrator made on the page for it. */
export const test = base.extend<object, { desk: ApiDesk }>({
  desk: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const desk = await startDesk(first);
      try {
        for (const name of ['deploy', 'grace', 'linus', 'pages', 'expiring'])
          await desk.addUser(name);
        const browser = plainBrowser(desk.url);
        await browser.signIn(first.username, first.password);
        const scopes = [...rights, 'audit.read', 'leaks.write'].map((right) => `keydesk:${right}`);
        const { text } = await browser.submit('/settings/service-keys', ['requestId', 'user'], {
          user: 'deploy',
          ...Object.fromEntries(scopes.map((scope) => [scope, 'yes'])),
        });
        const secret = /kd_[0-9A-Za-z]{49}/.exec(text)?.[0] ?? '';
        const { cookie = '' } = browser.cookieHeader();
        await use({ ...desk, secret, cookie, client: clientFor(desk.url, secret) });
      } finally {
        await desk.stop();
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});
