import type { Page, Request } from '@playwright/test';
import { enter, expect, freshName, rowOf, type SignedDesk, test } from './desk';

/** A user with this many keys. */
async function givenKeys(desk: SignedDesk, name: string, count: number) {
  const id = await desk.addUser(name);
  await desk.query(
    `insert into api_key (id, owner_id, name, created_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, 'no ' || n, now() - n * interval '1 second', sha256(($2 || n)::bytea), 1,
       'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $3::int) n`,
    [id, name, count],
  );
  return id;
}

const username = (page: Page) => page.getByRole('textbox', { name: 'Username' });
const caret = (page: Page) =>
  username(page).evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd]);
/** Types letter by letter by the page's clock, so that a slow test makes no pauses. */
const typeInPage = (page: Page, text: string, gap: number) =>
  username(page).evaluate(
    async (field: HTMLInputElement, [letters, pause]) => {
      field.focus();
      for (const letter of letters) {
        document.execCommand('insertText', false, letter);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
    [text, gap] as const,
  );
const isQuestion = (request: Request) => request.headers().rsc === '1';

/** Milliseconds of the page's clock after which a search has begun. */
const longPause = 300;

/** Holds back the page's requests to such addresses until the test releases them. */
async function hold(page: Page, addresses: RegExp): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(addresses, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

/**
 * Waits until the page has read an answer completely and drawn the result. Playwright does not report every
 * end of an answer, but the page lists what it has loaded.
 */
async function hasRead(page: Page, part: string) {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        new PerformanceObserver((list) => {
          if (list.getEntries().some(({ name }) => name.includes(wanted))) resolve();
        }).observe({ type: 'resource', buffered: true });
      }),
    part,
  );
  await drawn(page);
}

/** The second frame begins when the first one is on the screen. */
const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );

/** Waits for the end of transitions. */
const faded = (page: Page) =>
  page.evaluate(() => {
    const fades = document.getAnimations().filter((one) => one instanceof CSSTransition);
    return Promise.allSettled(fades.map(({ finished }) => finished));
  });

test.describe('a search while one types', () => {
  test('follows the text, and leaves text, caret and history alone', async ({ page, desk }) => {
    const stem = freshName('uma');
    await givenKeys(desk, `${stem}-one`, 1);
    await givenKeys(desk, `${stem}-two`, 1);
    await enter(page, desk, '/overview');
    await page.getByRole('link', { name: 'API keys' }).click();
    await username(page).pressSequentially(`${stem}-o `);
    await expect(page.getByText(/^1 key\b/).first()).toBeVisible();
    await expect(rowOf(page, `${stem}-one`)).toBeVisible();
    await expect(page).toHaveURL(`${desk.url}/keys?username=${stem}-o`);
    // The search ignores the blank at the end, which stays for the next word.
    await expect(username(page)).toHaveValue(`${stem}-o `);
    await expect(username(page)).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.type('no-');
    await expect(page.getByText('No API keys found.')).toBeVisible();
    expect(await caret(page)).toEqual([3, 3]);
    for (let letter = 0; letter < 3; letter++) await page.keyboard.press('Backspace');
    await expect(rowOf(page, `${stem}-one`)).toBeVisible();
    expect(await caret(page)).toEqual([0, 0]);
    await page.reload();
    await expect(username(page)).toHaveValue(`${stem}-o`);
    await expect(page.getByRole('row')).toHaveCount(2);
    await page.goBack();
    await expect(page).toHaveURL(`${desk.url}/overview`);
  });

  test('shows no answer to an older text, however late it comes', async ({ page, desk }) => {
    const stem = freshName('vik');
    await givenKeys(desk, `${stem}-old-text`, 1);
    await givenKeys(desk, `${stem}-new-text`, 1);
    await enter(page, desk);
    const old = new RegExp(`username=${stem}-old(&|$)`);
    const letGo = await hold(page, old);
    const asked = page.waitForRequest(old);
    await username(page).fill(`${stem}-old`);
    await asked;
    await expect(page.locator('search')).toHaveAttribute('aria-busy', 'true');
    await username(page).fill(`${stem}-new`);
    // The present list contains both.
    await expect(rowOf(page, `${stem}-old-text`)).toBeHidden();
    await expect(rowOf(page, `${stem}-new-text`)).toBeVisible();
    letGo();
    await hasRead(page, `username=${stem}-old`);
    await expect(rowOf(page, `${stem}-new-text`)).toBeVisible();
    await expect(rowOf(page, `${stem}-old-text`)).toBeHidden();
    await expect(username(page)).toHaveValue(`${stem}-new`);
    await expect(page).toHaveURL(new RegExp(`username=${stem}-new$`));
    await expect(page.locator('search')).toHaveAttribute('aria-busy', 'false');
  });

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

  test('asks once for a word, and never in the middle of a composition', async ({ page, desk }) => {
    await page.clock.install();
    await enter(page, desk);
    const questions: string[] = [];
    page.on('request', (request) => {
      if (isQuestion(request)) questions.push(new URL(request.url()).searchParams.get('username')!);
    });
    await typeInPage(page, 'quick', 20);
    await expect.poll(() => questions).toEqual(['quick']);
    await username(page).fill('');
    await expect.poll(() => questions.length).toBe(2);
    const client = await page.context().newCDPSession(page);
    for (const text of ['l', 'li', 'lilei']) {
      await client.send('Input.imeSetComposition', { text, selectionStart: -1, selectionEnd: -1 });
      await page.clock.runFor(longPause);
    }
    // A search in the middle would come before this one.
    await client.send('Input.insertText', { text: '李雷' });
    await expect.poll(() => questions.slice(2)).toEqual(['李雷']);
    await expect(username(page)).toHaveValue('李雷');
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

  test('begins with what was typed before the page came alive', async ({ page, desk }) => {
    const name = freshName('zoe');
    await givenKeys(desk, name, 1);
    const letGo = await hold(page, /_next\/static\/.*\.js/);
    await page.context().addCookies(desk.cookies);
    await page.goto('/keys', { waitUntil: 'commit' });
    await username(page).fill(name);
    letGo();
    await expect(page.getByText(/^1 key\b/).first()).toBeVisible();
    await expect(username(page)).toHaveValue(name);
  });
});

test('a filter is applied when it is chosen, and keeps the focus', async ({ page, desk }) => {
  const name = freshName('abe');
  await givenKeys(desk, name, 1);
  await enter(page, desk, `/keys?username=${name}`);
  const status = page.getByLabel('Status');
  await status.focus();
  await status.selectOption('Inactive');
  await expect(page.getByText('No API keys found.')).toBeVisible();
  await expect(page).toHaveURL(/status=inactive/);
  await expect(status).toBeFocused();
  await page.getByRole('link', { name: 'Show all keys' }).click();
  await expect(page).toHaveURL(`${desk.url}/keys`);
  await expect(status).toHaveValue('');
  await expect(username(page)).toHaveValue('');
});

test.describe('keys that expire soon @plain', () => {
  test('are a filter, to which the overview leads', async ({ page, desk }) => {
    const name = freshName('ann');
    const id = await givenKeys(desk, name, 3);
    await desk.query(
      `update api_key set expires_at = now() + interval '1 day' where owner_id = $1 and name = 'no 2'`,
      [id],
    );
    await enter(page, desk, '/overview');
    const list = page.getByRole('listitem').filter({ hasText: /expires? within 30 days/ });
    await list.getByRole('link', { name: 'Show' }).click();
    await expect(page.getByLabel('Status')).toHaveValue('expiring');
    await username(page).fill(name);
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`username=${name}&(q=&)?status=expiring&sort=expires`));
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(rowOf(page, name)).toContainText('no 2');
    await expect(page.getByText(/^1 key\b/).first()).toBeVisible();
    await page.getByRole('checkbox', { name: /^Select kd_/ }).check();
    await page.getByLabel('Select all 1 matching').check();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await expect(page.getByRole('heading', { name: 'Switch on 1 API key?' })).toBeVisible();
  });
});

test('Clear empties a field whose text was not yet searched for', async ({ page, desk }) => {
  await page.clock.install();
  await enter(page, desk);
  const letGo = await hold(page, /username=half/);
  await username(page).fill('half a wo');
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(username(page)).toHaveValue('');
  await page.clock.runFor(longPause);
  await hasRead(page, '/keys?_rsc');
  // The search began when the field lost the focus.
  letGo();
  await hasRead(page, 'username=half');
  await expect(page).toHaveURL(`${desk.url}/keys`);
  await expect(username(page)).toHaveValue('');
  await expect(page.locator('search')).toHaveAttribute('aria-busy', 'false');
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
  const numbers = (page: Page) => page.getByRole('row').nth(1).getByRole('cell').first();
  /** Scrolls to the link, and waits for what the page then fetches. */
  async function near(page: Page) {
    await page.mouse.move(300, 300);
    await page.getByRole('link', { name: 'Next' }).scrollIntoViewIfNeeded();
    await hasRead(page, 'page=2');
  }

  test('is there before one goes to it', async ({ page, desk }) => {
    const name = freshName('cid');
    const id = await givenKeys(desk, name, 60);
    await enter(page, desk, `/keys?username=${name}`);
    await near(page);
    await desk.query(`update api_key set name = 'later' where owner_id = $1`, [id]);
    const questions: string[] = [];
    page.on('request', (request) => {
      if (isQuestion(request)) questions.push(request.url());
    });
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(numbers(page)).toHaveText('26');
    await expect(page).toHaveURL(/page=2/);
    expect(questions.filter((url) => url.includes('page=2'))).toEqual([]);
    // The prefetched state, which shows that the next test works.
    await expect(page.getByRole('cell', { name: 'no 30', exact: true })).toBeVisible();
  });

  test('is asked for anew once something was changed', async ({ page, desk }) => {
    const name = freshName('dot');
    const id = await givenKeys(desk, name, 60);
    await enter(page, desk, `/keys?username=${name}`);
    await near(page);
    await desk.query(`update api_key set name = 'changed' where owner_id = $1 and name = 'no 30'`, [
      id,
    ]);
    await page.getByRole('switch').last().click();
    await expect(page.getByText('was switched off.')).toBeVisible();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(numbers(page)).toHaveText('26');
    await expect(page.getByRole('cell', { name: 'changed' })).toBeVisible();
  });

  test('holds the right rows after one of this page was deleted', async ({ page, desk }) => {
    const name = freshName('eli');
    await givenKeys(desk, name, 60);
    await enter(page, desk, `/keys?username=${name}`);
    await near(page);
    await page.getByRole('button', { name: 'Delete', exact: true }).first().click();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(numbers(page)).toHaveText('26');
    await expect(page.getByRole('cell', { name: 'no 27', exact: true })).toBeVisible();
    await expect(page.getByText('59 keys · page 2 of 3')).toBeVisible();
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
