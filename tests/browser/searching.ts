import type { Page, Request } from '@playwright/test';
import type { SignedDesk } from './desk';

/** A user with this many keys. */
export async function givenKeys(desk: SignedDesk, name: string, count: number) {
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

export const username = (page: Page) => page.getByRole('textbox', { name: 'Username' });
export const caret = (page: Page) =>
  username(page).evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd]);
/** Types letter by letter by the page's clock, so that a slow test makes no pauses. */
export const typeInPage = (page: Page, text: string, gap: number) =>
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
export const isQuestion = (request: Request) => request.headers().rsc === '1';

/** Milliseconds of the page's clock after which a search has begun. */
export const longPause = 300;

/** Holds back the page's requests to such addresses until the test releases them. */
export async function hold(page: Page, addresses: RegExp): Promise<() => void> {
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
export async function hasRead(page: Page, part: string) {
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
export const drawn = (page: Page) =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );

/** Waits for the end of transitions. */
export const faded = (page: Page) =>
  page.evaluate(() => {
    const fades = document.getAnimations().filter((one) => one instanceof CSSTransition);
    return Promise.allSettled(fades.map(({ finished }) => finished));
  });

/** The number of the first row. */
export const firstNumber = (page: Page) => page.getByRole('row').nth(1).getByRole('cell').first();

/** Scrolls to the link to the next page, and waits for what the page then fetches. */
export async function nearNext(page: Page) {
  await page.mouse.move(300, 300);
  await page.getByRole('link', { name: 'Next' }).scrollIntoViewIfNeeded();
  await hasRead(page, 'page=2');
}
