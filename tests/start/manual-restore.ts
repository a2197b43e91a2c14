import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeDatabase } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { verifyChain } from '@/lib/audit/verify-chain';
import { deleteKey } from '@/lib/keys/change-key';
import { macsUnder } from '@/lib/keys/secret/imported-secret';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';
import {
  address,
  commandsOf,
  folder,
  type How,
  makeApplication,
  makeOwner,
  runBlock,
  runSql,
  server,
} from './manual-server';

/** As a process that starts. */
export const forget = () => delete (globalThis as { keydeskIdentity?: unknown }).keydeskIdentity;

export function pepper() {
  const [version, key = ''] = (process.env.KEY_PEPPER ?? '').split(':');
  return { version: Number(version), key: Buffer.from(key, 'base64') };
}

export const macsOf = (secret: string) =>
  macsUnder(secret, 'own', [pepper()]).map((bytes) => ({ bytes, hex: bytes.toString('hex') }));

/** What a running desk says of the secret. */
export async function saysOf(secret: string): Promise<'good' | 'dead' | 'unknown' | 'no answer'> {
  const { DATABASE_URL = '' } = process.env;
  const own = openVerification({ connectionString: DATABASE_URL, peppers: [pepper()] });
  await until(() => own.lookup.connected === 2 || own.lookup.role === 'restored');
  const found = await own.lookup.ask(macsOf(secret)).catch(() => null);
  await closeVerification(own);
  const [first] = [...(found?.values() ?? [])];
  if (!first) return found ? 'unknown' : 'no answer';
  return first.key.dead ? 'dead' : 'good';
}

export type SetUp = { how: How; roles: 'one' | 'two' };

export const setUps: SetUp[] = [
  { how: 'own', roles: 'two' },
  { how: 'compose', roles: 'one' },
  { how: 'own', roles: 'one' },
  { how: 'compose', roles: 'two' },
];

/** Makes roles and database as the manual says. @returns what a start of the desk does */
export async function setUp({ how, roles }: SetUp) {
  await runSql(makeOwner);
  // The image of PostgreSQL makes its first role a superuser. On another server the role has no special rights.
  if (how === 'compose') await server.sql('alter role keydesk superuser');
  if (roles === 'two') await runSql(makeApplication);
  const owner = roles === 'two' ? address('keydesk') : undefined;
  useSettings({ DATABASE_URL: address(roles === 'two' ? 'keydesk_app' : 'keydesk') });
  process.env.MIGRATE_DATABASE_URL = owner ?? '';
  return async () => {
    forget();
    await migrateDatabase(process.env.DATABASE_URL, owner);
    return keepIdentity();
  };
}

export async function addPeople() {
  await insertPeople();
  await insertUser('grace');
}

/** From a backup to a desk that refuses what was revoked afterwards. */
export async function bringBack({ how, roles }: SetUp): Promise<void> {
  const start = await setUp({ how, roles });
  expect(await start()).toBe(true);
  await addPeople();
  const kept = await makeKey(ada, 'grace');
  const revoked = await makeKey(ada, 'grace');

  const { backUp, fill, list, rename, repeat } = commandsOf(how);
  runBlock(backUp);
  const dumpedAt = new Date();
  await deleteKey(ada, revoked.id);
  const late = await makeKey(ada, 'grace');
  runBlock(fill);
  // The desk has worked until now.
  expect(await saysOf(late.secret)).toBe('good');
  await closeDatabase();
  runBlock(list, dumpedAt);
  const done = readFileSync(join(folder, 'revocations.ndjson'), 'utf8');
  expect(done).toMatch(new RegExp(`key\\.delete.*${revoked.id}`));
  expect(done).not.toContain(kept.id);
  runBlock(rename);

  expect(await start()).toBe(false);
  for (const { secret } of [kept, revoked, late]) expect(await saysOf(secret)).toBe('no answer');
  runBlock(repeat);
  expect(await start()).toBe(true);
  expect(await saysOf(kept.secret)).toBe('good');
  expect(await saysOf(revoked.secret)).toBe('dead');
  expect(await saysOf(late.secret)).toBe('unknown');
  expect(await verifyChain()).toMatchObject({ fault: null });
  await makeKey(ada, 'grace');
  await closeDatabase();
  // The previous database still exists.
  forget();
  process.env.DATABASE_URL = address('keydesk', 'keydesk_before');
  expect(await saysOf(late.secret)).toBe('good');
}
