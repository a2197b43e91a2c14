import type { Page } from '@playwright/test';

export const sentence = 'This looks like a whole key.';

/** Every address requested from now on. */
export function addresses(page: Page) {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
  return asked;
}
