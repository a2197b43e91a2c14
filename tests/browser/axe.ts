import { expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';

/** The rules of axe that the page breaks, each with one element that does. */
export async function violations(page: Page): Promise<string[]> {
  // The policy of the page lets no script in by a tag; the debugger may.
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (
      window as unknown as {
        axe: {
          run: () => Promise<{ violations: Array<{ id: string; nodes: Array<{ html: string }> }> }>;
        };
      }
    ).axe.run(),
  );
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
}

/** For what a journey shows once, and no address leads to. Axe needs the page's timers to work. */
export async function expectAccessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours fade from one scheme to the other.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map(({ finished }) => finished)),
    );
    expect(await violations(page)).toEqual([]);
  }
}
