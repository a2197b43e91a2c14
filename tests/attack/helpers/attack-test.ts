import { rmSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { startDesk } from '../../browser/start-desk';
import { buildWithoutProxy } from './build';
import { plant, type Target } from './planted';

export { expect };

export type AttackOptions = { withoutProxy: boolean };

/** A desk of its own for each worker, with people, records and canaries; nobody's browser is involved. */
export const test = base.extend<object, AttackOptions & { target: Target }>({
  withoutProxy: [false, { option: true, scope: 'worker' }],
  target: [
    async ({ withoutProxy }, use, worker) => {
      const folder = withoutProxy ? buildWithoutProxy() : undefined;
      const first = { username: 'first', password: 'correct horse battery staple' };
      const desk = await startDesk(worker.parallelIndex, first, folder ? { folder } : {});
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
