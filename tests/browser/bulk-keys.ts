import type { Page } from '@playwright/test';
import { freshName, type SignedDesk } from './desk';

export async function ownerOf(desk: SignedDesk, keys: number) {
  const name = freshName('bulk');
  await desk.query(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int)`,
    [await desk.addUser(name), keys],
  );
  return name;
}

export const boxes = (page: Page) => page.getByRole('checkbox', { name: /^Select kd_/ });

export const bar = (page: Page) => page.getByRole('form', { name: 'Change selected keys' });
export const change = (page: Page, verb: string) =>
  bar(page).getByRole('button', { name: verb, exact: true }).click();

/** All that match, which is offered once something is ticked. */
export async function tickAll(page: Page, matching: number) {
  await boxes(page).first().check();
  await page.getByLabel(`Select all ${matching} matching`).check();
}
