import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';

type Violation = { id: string; nodes: Array<{ html: string; failureSummary: string }> };
type Options = { runOnly?: string[]; preload: boolean; resultTypes: string[] };
type Axe = { run: (options: Options) => Promise<{ violations: Violation[] }> };
type Rules = readonly string[] | null;

/** Each page compiles it. It is less than half as long as `source` of the package. */
const source = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** Milliseconds for temporary states, such as a fading colour or a heading between two answers. */
const moment = 500;

/** Only colours differ in the dark scheme, so all other rules are checked in the light one. */
const schemes = [
  { colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  { colorScheme: 'light', rules: null },
] as const;

/**
 * The rules of axe that the page violates for longer than a moment, in the dark or light scheme, each with
 * one element.
 */
export async function violations(page: Page): Promise<string[]> {
  // The page's policy forbids a script tag, but the debugger may run scripts.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const found: string[] = [];
  for (const { colorScheme, rules } of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(endFading);
    found.push(...(await lasting(page, rules)).map((problem) => `${colorScheme} ${problem}`));
  }
  return found;
}

/** Ends the fading of colours from one scheme to the other. */
function endFading() {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish();
  }
}

/** Checks again until nothing is violated or the moment is over. */
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
        // Nothing is fetched for it, and it keeps no list of passed rules.
        preload: false,
        resultTypes: ['violations'],
      }),
    rules,
  );
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary}`,
  );
}

/** For states that a journey shows once and that have no address. Axe needs the page's timers. */
export async function expectAccessible(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  expect(await violations(page)).toEqual([]);
}
