import type { Counted, Page } from '@/lib/lists/page';

/** A page together with its count, which comes later than its rows. */
export async function wholePage<Listed extends Page<unknown>>(
  finding: Promise<Listed>,
): Promise<Listed & Counted> {
  const page = await finding;
  return { ...page, ...(await page.counted) };
}
