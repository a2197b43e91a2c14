import { expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';

type Violation = { id: string; nodes: Array<{ html: string; failureSummary: string }> };
type Options = { runOnly?: string[]; preload: boolean; resultTypes: string[] };
type Axe = { run: (options: Options) => Promise<{ violations: Violation[] }> };
type Rules = readonly string[] | null;

/** Nobody reads in it: a colour that still fades, or a heading between one answer and the next. */
const moment = 500;

/** What is the same in the dark is looked at in the light. */
const schemes = [
  { colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { colorScheme: 'light', rules: null },
] as const;

/**
 * The rules of axe that the page breaks for longer than a moment, dark or light, each with one element
 * that does.
 */
export async function violations(page: Page): Promise<string[]> {
  // The policy of the page lets no script in by a tag; the debugger may.
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const { colorScheme, rules } of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(endFading);
    found.push(...(await lasting(page, rules)).map((problem) => `${colorScheme} ${problem}`));
  }
  return found;
}

/** Colours fade from one scheme to the other. */
function endFading() {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish();
  }
}

/** Looks again until nothing is broken, or what a moment may excuse is over. */
async function lasting(page: Page, rules: Rules): Promise<string[]> {
  const end = Date.now() + moment;
  for (;;) {
    const isLast = Date.now() >= end;
    const problems = await broken(page, rules);
    if (problems.length === 0 || isLast) return problems;
  }
}

async function broken(page: Page, rules: Rules): Promise<string[]> {
  const results = await page.evaluate(
    (only) =>
      (window as unknown as { axe: Axe }).axe.run({
        ...(only && { runOnly: [...only] }),
        // Nothing is fetched for it, and of what is right it keeps no list.
        preload: false,
        resultTypes: ['violations'],
      }),
    rules,
  );
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary}`,
  );
}

/** For what a journey shows once, and no address leads to. Axe needs the page's timers to work. */
export async function expectAccessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  expect(await violations(page)).toEqual([]);
}
