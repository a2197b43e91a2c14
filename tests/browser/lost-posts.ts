import type { Page, Request, Route } from '@playwright/test';
import { expect } from './desk';

const isPost = (request: Request) =>
  request.method() === 'POST' &&
  ('next-action' in request.headers() || request.url().endsWith('/keys/import/file'));

type Way = { meet: (route: Route) => Promise<void> | void; says: RegExp };

/** Ways to lose a POST, and the message about each. */
export const ways = {
  'no network': {
    meet: (route) => route.abort('connectionrefused'),
    says: /Keydesk could not be reached\. Your entries are still here\. Check your connection/,
  },
  'a page of a proxy': {
    meet: (route) =>
      route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }),
    says: /a page with status 502 came back instead of its answer\. Your entries are still here\./,
  },
  'no answer in time': {
    meet: () => undefined,
    says: /Keydesk did not answer in time\. Your entries are still here\./,
  },
  'an action of a build that is gone': {
    meet: (route) =>
      route.fulfill({
        status: 404,
        headers: { 'x-nextjs-action-not-found': '1' },
        contentType: 'text/plain',
        body: 'Server action not found.',
      }),
    says: /Keydesk was updated while this page was open\. Your entries are still here\./,
  },
} satisfies Record<string, Way>;

export type WayName = keyof typeof ways;

/** Controls the page's clock from now on. It runs, and can be moved forward. */
export const holdClock = (page: Page) => page.clock.install();

/** Waits for the scripts of every form: before that, a form posts without them. */
const untilFormsAlive = (page: Page) =>
  expect
    .poll(() =>
      page
        .locator('form')
        .evaluateAll((all) =>
          all.every((node) => Object.keys(node).some((key) => /^__react/.test(key))),
        ),
    )
    .toBe(true);

/** Sends a form and loses the request in this way. Returns what was sent. */
export async function losePost(page: Page, way: WayName, send: () => Promise<void>) {
  const meet = async (route: Route) => {
    if (isPost(route.request())) await ways[way].meet(route);
    else await route.continue();
  };
  await untilFormsAlive(page);
  await page.route('**/*', meet);
  const sent = page.waitForRequest(isPost);
  await send();
  const request = await sent;
  if (way === 'no answer in time') {
    // This clock does not advance between the page's sending and waiting.
    await page.clock.fastForward(31_000);
  }
  await expect(page.getByText(ways[way].says)).toBeVisible();
  await page.unroute('**/*', meet);
  return request;
}

/** Everything that a person has typed or chosen on this page, including passwords and files. */
export const entriesOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('form[data-action-form] *, [form]')]
      .filter((field) => field.matches('input:not([name^="$"]), select, textarea'))
      .map(({ name, value, checked }) => `${name}=${value}${checked ? ' (ticked)' : ''}`),
  );
