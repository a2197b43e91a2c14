import { enter, expect, freshName, test } from './desk';
import {
  drawn,
  faded,
  firstNumber,
  givenKeys,
  hold,
  longPause,
  nearNext,
  typeInPage,
  username,
} from './searching';

test.describe('a search while one types', () => {
  test('keeps what is typed while an answer is on its way', async ({ page, desk }) => {
    const stem = freshName('wim');
    await givenKeys(desk, stem, 30);
    await page.clock.install();
    await enter(page, desk, `/keys?username=${stem}`);
    const letGo = await hold(page, /page=2/);
    const asked = page.waitForRequest(/page=2/);
    // Without the mouse, which would prefetch the page.
    await page.getByRole('link', { name: 'Next' }).evaluate((link: HTMLElement) => link.click());
    await username(page).evaluate((field: HTMLInputElement) => field.focus());
    await asked;
    await page.keyboard.press('End');
    // With the clock stopped, so that the answer comes between two letters.
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.keyboard.type('-');
    letGo();
    await expect(page.getByText('page 2 of 2')).toBeVisible();
    await expect(username(page)).toHaveValue(`${stem}-`);
    await page.keyboard.type('x');
    await page.clock.runFor(longPause);
    await expect(page.getByText('No API keys found.')).toBeVisible();
    await expect(username(page)).toHaveValue(`${stem}-x`);
  });

  test('says what was found to who hears it, when they stop typing', async ({ page, desk }) => {
    const stem = freshName('xia');
    await givenKeys(desk, stem, 2);
    await enter(page, desk);
    const status = page.locator('search').getByRole('status');
    await expect(status).toHaveText('');
    const said = await status.evaluateHandle((line) => {
      const texts: string[] = [];
      new MutationObserver(() => texts.push(line.textContent ?? '')).observe(line, {
        childList: true,
        characterData: true,
        subtree: true,
      });
      return texts;
    });
    await typeInPage(page, stem, 250);
    await expect(status).toHaveText('2 keys');
    expect((await said.jsonValue()).filter(Boolean)).toEqual(['2 keys']);
  });

  test('moves nothing but the rows', async ({ page, desk }) => {
    const name = freshName('yul');
    await givenKeys(desk, name, 26);
    await enter(page, desk);
    const places = async () => [
      await username(page).boundingBox(),
      await page.getByRole('button', { name: 'Search', exact: true }).boundingBox(),
      (await page.getByRole('region', { name: 'Report' }).boundingBox())?.y,
    ];
    const before = await places();
    const letGo = await hold(page, /username=/);
    await username(page).pressSequentially(name);
    await expect(page.locator('search')).toHaveAttribute('aria-busy', 'true');
    await faded(page);
    expect(await places()).toEqual(before);
    letGo();
    await expect(page.getByText('26 keys', { exact: true }).first()).toBeVisible();
    expect(await places()).toEqual(before);
    await username(page).fill('nobody-at-all');
    await expect(page.getByText('No API keys found.')).toBeVisible();
    expect(await places()).toEqual(before);
  });
});

test('users and events are searched while one types as well', async ({ page, desk }) => {
  const name = freshName('bea');
  await desk.addUser(name);
  await enter(page, desk, '/users');
  await username(page).pressSequentially(name);
  await expect(page.getByText('1 user', { exact: true }).first()).toBeVisible();
  await page.goto('/audit');
  await page.getByLabel('Actor').pressSequentially('nobody-at-all');
  await expect(page.getByText('No matches', { exact: true }).first()).toBeVisible();
  await page.getByLabel('Action').selectOption('Sign-in');
  await expect(page).toHaveURL(/actor=nobody-at-all&action=session.sign-in/);
});

test.describe('the next page', () => {
  test('is asked for anew once something was changed', async ({ page, desk }) => {
    const name = freshName('dot');
    const id = await givenKeys(desk, name, 60);
    await enter(page, desk, `/keys?username=${name}`);
    await nearNext(page);
    await desk.query(`update api_key set name = 'changed' where owner_id = $1 and name = 'no 30'`, [
      id,
    ]);
    await page.getByRole('switch').last().click();
    await expect(page.getByText('was switched off.')).toBeVisible();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(firstNumber(page)).toHaveText('26');
    await expect(page.getByRole('cell', { name: 'changed' })).toBeVisible();
  });

  test('is not asked for while nobody is there', async ({ page, desk }) => {
    const name = freshName('fay');
    await givenKeys(desk, name, 60);
    await page.setViewportSize({ width: 1280, height: 2_400 });
    await enter(page, desk, `/keys?username=${name}`);
    const questions: string[] = [];
    page.on('request', (request) => questions.push(request.url()));
    // A change by a script is not a user's action, and its answer comes after the page's own first requests.
    await page.getByLabel('Status').selectOption('Active');
    await expect(page).toHaveURL(/status=active/);
    await drawn(page);
    expect(questions).toEqual([expect.stringContaining('status=active')]);
    await page.mouse.move(300, 300);
    await expect.poll(() => questions.slice(1)).toEqual([expect.stringContaining('page=2')]);
  });
});
