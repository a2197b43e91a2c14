import { sql as raw, type SQL } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { turnOnIdleRule } from '@/lib/rules/idle-rule';
import { stepIdleRun } from '@/lib/rules/step-idle-run';
import { tellOwnersOfIdle } from '@/lib/rules/tell-owners-of-idle';
import { makeKey } from '../helpers/keys';
import { ada, insertUser } from '../helpers/people';

export const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);

/** Six in the morning in UTC, so many days from today. */
export const morning = (day: number): SQL =>
  raw`(date_trunc('day', now(), 'UTC') + ${day} * interval '1 day' + interval '6 hours')`;

export const tellOn = (day: number, size?: number) =>
  database().transaction((tx) =>
    tellOwnersOfIdle(tx, { clock: morning(day), ...(size && { size }) }),
  );

/** All steps of a day. @returns how many keys were switched off */
export async function switchOffOn(day: number, size?: number): Promise<number> {
  let done = 0;
  for (;;) {
    const some = await stepOn(day, size);
    done += some;
    if (some === 0) return done;
  }
}

export const stepOn = (day: number, size?: number) =>
  database().transaction((tx) => stepIdleRun(tx, { clock: morning(day), ...(size && { size }) }));

export const rules = (more: object = {}) =>
  setKeyPolicy(ada, keyPolicyInput.parse({ tellOwners: 'yes', ...more }));

export const turnOn = (idleDays = 30) => turnOnIdleRule(ada, { idleDays });

/** Writes down a use at noon of a day, as verification does. */
export const use = (id: string, day: number) =>
  sql(
    `update key_last_use set used_at = date_trunc('day', now(), 'UTC') + $2 * interval '1 day'
       + interval '12 hours' where key_id = $1`,
    [id, day],
  );

export const isActive = async (id: string): Promise<boolean> =>
  (await sql('select active from api_key where id = $1', [id])).rows[0].active;

/** Keys that are always in use, so that a few unused ones are no large part. */
export async function insertBusy(count: number): Promise<void> {
  const owner = await insertUser('busy');
  const { id } = await makeKey(ada, 'busy');
  await sql(
    `insert into api_key (id, owner_id, secret_mac, secret_pepper, secret_prefix, secret_first,
       secret_last, request_id)
     select gen_random_uuid(), owner_id, decode(md5(n::text) || md5('b' || n), 'hex'), secret_pepper,
       secret_prefix, secret_first, secret_last, gen_random_uuid()
     from api_key, generate_series(2, $2::int) n where id = $1`,
    [id, count],
  );
  await sql(
    `update key_last_use l set used_at = now() + interval '500 days' from api_key k
     where k.id = l.key_id and k.owner_id = $1`,
    [owner],
  );
}

export const dayIn = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** All keys become unused for long, under a rule that is as old; today it stops itself, or not. */
export async function heldRun(): Promise<void> {
  await turnOn();
  await sql(`update key_policy set idle_since = now() - interval '200 days'`);
  await sql(`update api_key set created_at = now() - interval '200 days',
    secret_created_at = now() - interval '200 days'`);
  await database().transaction((tx) => stepIdleRun(tx));
}

/** A key that was made long ago and never used, under a rule that is as old. */
export async function idleKey(more: object = {}): Promise<{ id: string; secret: string }> {
  const key = await makeKey(ada, 'grace', { name: 'old', ...more });
  await sql(
    `update api_key set created_at = now() - interval '200 days',
       secret_created_at = now() - interval '200 days' where id = $1`,
    [key.id],
  );
  return key;
}
export async function oldRule(days = 30) {
  await turnOn(days);
  await sql(`update key_policy set idle_since = now() - interval '200 days'`);
}
