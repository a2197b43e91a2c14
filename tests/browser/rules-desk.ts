import { freshName, type SignedDesk, test } from './desk';

export const dayIn = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
export const shown = (day: string) =>
  new Date(day).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
  });

const forget = async ({ query }: SignedDesk) => {
  await query('update key_policy set idle_days = null, idle_since = null, longest_lifetime = null');
  for (const table of ['idle_run', 'lifetime_run']) await query(`delete from ${table}`);
};

export async function oldKey(desk: SignedDesk): Promise<string> {
  const name = freshName('idle');
  const owner = await desk.addUser(name);
  const [key] = await desk.query<{ id: string }>(
    `insert into api_key (id, owner_id, created_at, secret_created_at, secret_mac, secret_pepper,
       secret_prefix, secret_first, secret_last, request_id)
     values (gen_random_uuid(), $1, now() - interval '100 days', now() - interval '100 days',
       sha256($2), 1, 'kd', 'AbCd', 'wXyZ', gen_random_uuid()) returning id`,
    [owner, name],
  );
  return key?.id ?? '';
}

/** The policies hold for the whole desk, so each test of the file begins and ends without these rules. */
export function beginWithoutRules(): void {
  test.beforeEach(async ({ desk }) => {
    await forget(desk);
    await desk.query('update session set proved_at = now()');
  });
  test.afterEach(({ desk }) => forget(desk));
}
