import { enter, expect, freshName, rowOf, test } from './desk';
import {
  caret,
  firstNumber,
  givenKeys,
  hasRead,
  hold,
  isQuestion,
  longPause,
  nearNext,
  typeInPage,
  username,
} from './searching';

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

test.describe('the next page', () => {
  test('is there before one goes to it', async ({ page, desk }) => {
    const name = freshName('cid');
    const id = await givenKeys(desk, name, 60);
    await enter(page, desk, `/keys?username=${name}`);
    await nearNext(page);
    await desk.query(`update api_key set name = 'later' where owner_id = $1`, [id]);
    const questions: string[] = [];
    page.on('request', (request) => {
      if (isQuestion(request)) questions.push(request.url());
    });
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(firstNumber(page)).toHaveText('26');
    await expect(page).toHaveURL(/page=2/);
    expect(questions.filter((url) => url.includes('page=2'))).toEqual([]);
    // The prefetched state, which shows that the next test works.
    await expect(page.getByRole('cell', { name: 'no 30', exact: true })).toBeVisible();
  });

  test('holds the right rows after one of this page was deleted', async ({ page, desk }) => {
    const name = freshName('eli');
    await givenKeys(desk, name, 60);
    await enter(page, desk, `/keys?username=${name}`);
    await nearNext(page);
    await page.getByRole('button', { name: 'Delete', exact: true }).first().click();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
    await page.getByRole('link', { name: 'Next' }).click();
    await expect(firstNumber(page)).toHaveText('26');
    await expect(page.getByRole('cell', { name: 'no 27', exact: true })).toBeVisible();
    await expect(page.getByText('59 keys · page 2 of 3')).toBeVisible();
  });
});
