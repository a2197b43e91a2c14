import type { Page } from '@playwright/test';
import { expect, freshName, rowOf, type SignedDesk } from './desk';

export async function ownerOf(desk: SignedDesk, keys: number) {
  const name = freshName('una');
  const { length } = await desk.query(
    `insert into api_key (id, owner_id, name, created_at, secret_mac, secret_pepper, secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, 'no ' || n, now() + n * interval '1 ms', sha256(gen_random_uuid()::text::bytea), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()
     from generate_series(1, $2::int) n returning id`,
    [await desk.addUser(name), keys],
  );
  expect(length).toBe(keys);
  return name;
}

export async function deleteOnly(page: Page, name: string) {
  await rowOf(page, name).getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'OK' }).click();
  await expect(page.getByText(`of ${name} was deleted.`)).toBeVisible();
}

export const activeSwitch = (page: Page, name: string) =>
  rowOf(page, name).getByRole('switch', { name: 'Active' });
