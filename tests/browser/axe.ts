import { expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';

type Violation = { id: string; nodes: Array<{ html: string; failureSummary: string }> };

/** Nobody reads in it: a colour that still fades, or a heading between one answer and the next. */
const moment = 500;

/** The rules of axe that the page breaks for longer than a moment, each with one element that does. */
export async function violations(page: Page): Promise<string[]> {
  // The policy of the page lets no script in by a tag; the debugger may.
  await page.evaluate(axe.source);
  if ((await broken(page)).length === 0) return [];
  await page.waitForTimeout(moment);
  return await broken(page);
}

async function broken(page: Page): Promise<string[]> {
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }).axe.run(),
  );
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary}`,
  );
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
