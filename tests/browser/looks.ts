import { times } from '../helpers/times';
import { violations } from './axe';
import { enter, excessWidth, expect, freshName, test } from './desk';
import { type Records, recordsOf } from './looks-records';
import type { Screen } from './looks-screens';

const nameOf = (screen: Screen) =>
  screen(new Proxy({} as Records, { get: (_, of) => `<${String(of)}>` })).replace(/x{101}/, 'x…');

const wide = 1280;
const narrow = 360;
const height = 800;
/** A short run checks the rules at one width, because a narrow window changes few of them. */
const ruled = times([wide, narrow], [wide]);

/** Defines a test of each screen. */
export function lookAt(screens: Screen[]): void {
  for (const screen of screens) {
    test(`${nameOf(screen)} breaks no rule of axe and is not wider than the window`, async ({
      page,
      desk,
    }) => {
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(`console: ${message.text()}`);
      });
      await desk.query('update session set proved_at = now()');
      await page.context().addCookies(desk.cookies);
      const answer = await page.goto(screen(await recordsOf(desk)));
      expect(answer?.status()).toBe(200);
      for (const width of [wide, narrow]) {
        await page.setViewportSize({ width, height });
        const found = ruled.includes(width) ? await violations(page) : [];
        for (const violation of found) problems.push(`${width} px ${violation}`);
        const excess = await excessWidth(page);
        if (excess > 0) problems.push(`${width} px: ${excess} px too wide`);
      }
      expect(problems).toEqual([]);
    });
  }
}

/** Defines a test of what has no address of its own, in a window of this width. */
export function lookAtStates(width: number): void {
  test.describe(`${width} px, dark and light`, () => {
    test.use({ viewport: { width, height } });

    test('no rule is broken by signing in, a question, a fresh key or a wrong address', async ({
      page,
      desk,
    }) => {
      const name = freshName('axe');
      await desk.addUser(name);
      await page.goto('/login');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('Enter a password.')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await enter(page, desk, '/keys/new');
      await page.getByText('More options').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('Enter a username.')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('User', { exact: true }).fill(name);
      await page.getByLabel('Revealable').check();
      await page.getByRole('button', { name: 'Save & add new' }).click();
      await expect(page.getByTestId('secret')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await page.goto(`/keys?username=${name}`);
      for (const question of ['Edit', 'Delete']) {
        if (width < 960) await page.getByRole('button', { name: 'Actions' }).click();
        await page.getByRole('button', { name: question, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      await desk.query('update session set proved_at = now()');
      await page.getByRole('button', { name: 'Reveal' }).click();
      await page.getByLabel('Reason').fill('to look at it');
      await page.getByRole('button', { name: 'Reveal' }).click();
      await expect(page.getByTestId('secret')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.goto('/no/such/page');
      expect(await violations(page)).toEqual([]);
    });
  });
}
