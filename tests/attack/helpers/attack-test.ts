import { rmSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { startDesk } from '../../browser/start-desk';
import { buildWithoutProxy } from './build';
import { plant, type Target } from './planted';

export { expect };

export type AttackOptions = { withoutProxy: boolean };

/** Single sign-on is configured and can be attacked, but nothing answers at the provider's address. */
const deadProvider = {
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_CLIENT_ID: 'keydesk',
  OIDC_CLIENT_SECRET: 'a secret of nobody at all',
  OIDC_ROLES: 'admins:admin',
};

/** A desk for each worker, with people, records and canaries. No browser is involved. */
export const test = base.extend<object, AttackOptions & { target: Target }>({
  withoutProxy: [false, { option: true, scope: 'worker' }],
  target: [
    async ({ withoutProxy }, use) => {
      const folder = withoutProxy ? buildWithoutProxy() : undefined;
      const first = { username: 'first', password: 'correct horse battery staple' };
      const settings = () => deadProvider;
      const desk = await startDesk(first, {
        ...(folder && { folder }),
        settings,
      });
      try {
        await use(await plant(desk));
      } finally {
        await desk.stop();
        if (folder) rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});
