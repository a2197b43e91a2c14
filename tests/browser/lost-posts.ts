import type { Page, Request, Route } from '@playwright/test';
import { expect } from './desk';

const isPost = (request: Request) =>
  request.method() === 'POST' &&
  ('next-action' in request.headers() || request.url().endsWith('/keys/import/file'));

type Way = { meet: (route: Route) => Promise<void> | void; says: RegExp };

/** What can become of a POST on its way, and what is said of it. */
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

/** The clock of the page is ours from now on: it goes on, and can be put forward. */
export const holdClock = (page: Page) => page.clock.install();

/** Does what sends a form, while what it sends meets its end this way; gives what was sent. */
export async function losePost(page: Page, way: WayName, send: () => Promise<void>) {
  const meet = async (route: Route) => {
    if (isPost(route.request())) await ways[way].meet(route);
    else await route.continue();
  };
  await page.route('**/*', meet);
  const sent = page.waitForRequest(isPost);
  await send();
  const request = await sent;
  if (way === 'no answer in time') {
    // What the page does between sending and waiting takes it no time of this clock.
    await page.clock.fastForward(31_000);
  }
  await expect(page.getByText(ways[way].says)).toBeVisible();
  await page.unroute('**/*', meet);
  return request;
}

/** All that a person has typed or chosen on this page, passwords and files too. */
export const entriesOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('form[data-action-form] *, [form]')]
      .filter((field) => field.matches('input:not([name^="$"]), select, textarea'))
      .map(({ name, value, checked }) => `${name}=${value}${checked ? ' (ticked)' : ''}`),
  );
