import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { eq } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { sealedSecret } from '@/db/schema/sealed-secret';
import { systemActor } from '@/lib/audit/record-event';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { revealKey } from '@/lib/keys/reveal-key';
import { open, seal } from '@/lib/keys/secret/envelope';
import { countByKek, rewrapSecrets } from '@/lib/keys/secret/rewrap-secrets';
import { mintSecret, storedSecret } from '@/lib/keys/secret/secret';
import { parseKeyVersions } from '@/lib/settings/key-versions';
import { bundled, nodeOptions } from '../helpers/bundled';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { testSettings, useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { untilLockAwaited } from '../helpers/waiting';

const older = testSettings.KEY_ENCRYPTION_KEY;
const newer = '2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=';
const both = `${newer},${older}`;
const keks = (text: string) => {
  const [newest, ...rest] = parseKeyVersions(text) ?? [];
  if (!newest) throw new Error('no version');
  return [newest, ...rest] as const;
};

useTestDatabase();
beforeEach(async () => {
  useSettings();
  await emptyDatabase();
  await insertPeople();
});

/** Keys whose secrets are sealed under the older version, added quickly. */
async function fill(count: number): Promise<Map<string, string>> {
  const ownerId = await insertUser('grace');
  const secrets = new Map<string, string>();
  const pepper = { version: 1, key: Buffer.alloc(32, 'pepper') };
  for (let start = 0; start < count; start += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - start) }, () => {
      const [id, secret] = [randomUUID(), mintSecret('kd')];
      secrets.set(id, secret);
      const place = { keyId: id, ownerId, secretVersion: 1 };
      return {
        key: { id, ownerId, requestId: randomUUID(), ...storedSecret(secret, pepper) },
        sealed: { keyId: id, ...seal(secret, place, keks(older)[0]) },
      };
    });
    await database()
      .insert(apiKey)
      .values(rows.map(({ key }) => key));
    await database()
      .insert(sealedSecret)
      .values(rows.map(({ sealed }) => sealed));
  }
  return secrets;
}

async function countOpening(secrets: Map<string, string>, kek: string): Promise<number> {
  const rows = await database()
    .select()
    .from(sealedSecret)
    .innerJoin(apiKey, eq(apiKey.id, sealedSecret.keyId));
  return rows.filter(({ sealed_secret: sealed, api_key: key }) => {
    const place = { keyId: key.id, ownerId: key.ownerId, secretVersion: key.secretVersion };
    return open(sealed, place, keks(kek)) === secrets.get(key.id);
  }).length;
}

async function startRewrap(keys = both): Promise<ChildProcess> {
  return spawn(process.execPath, [...nodeOptions, await bundled('scripts/admin.ts'), 'rewrap'], {
    env: {
      ...process.env,
      KEY_ENCRYPTION_KEY_FILE: '',
      KEY_ENCRYPTION_KEY: keys,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs to the end, and returns its output and exit code. */
async function rewrapToTheEnd(keys?: string) {
  const child = await startRewrap(keys);
  let [printed, complaints] = ['', ''];
  child.stdout?.on('data', (text) => (printed += text));
  child.stderr?.on('data', (text) => (complaints += text));
  const [code] = await once(child, 'close');
  return { printed, complaints, code };
}

type Moment = () => Promise<{ come: () => Promise<void>; over: () => Promise<void> }>;

async function killRewrap(moment: Moment): Promise<void> {
  const { come, over } = await moment();
  const child = await startRewrap();
  // Listened to from the start, because it may end by itself before it is killed.
  const ended = once(child, 'exit');
  if (child.stderr) await once(child.stderr, 'data');
  await come();
  child.kill('SIGKILL');
  await ended;
  await over();
}

const holdRowInTheMiddle: Moment = async () => {
  const holder = await pagePool().connect();
  await holder.query('begin');
  await holder.query(
    `select from sealed_secret where key_id =
       (select key_id from sealed_secret order by key_id offset $1 limit 1) for update`,
    [rows / 2],
  );
  const over = async () => {
    await holder.query('rollback');
    holder.release();
  };
  return { come: untilLockAwaited, over };
};

const atSomeMoment: Moment = async () => ({
  come: () => new Promise((resolve) => setTimeout(resolve, Math.random() * 120)),
  over: async () => undefined,
});

const rows = times(10_000, 800);
const kills = times(5, 1);

it(`survives ${kills} kill(s) while ${rows} rows are rewrapped`, async () => {
  const secrets = await fill(rows);
  const left = async () => (await countByKek()).find(({ version }) => version === 1)?.secrets ?? 0;
  for (let kill = 0; kill < kills; kill++) {
    // The first kill certainly comes in the middle, because a row there is locked.
    await killRewrap(kill === 0 ? holdRowInTheMiddle : atSomeMoment);
    if (kill === 0) {
      expect(await left()).toBeGreaterThan(0);
      expect(await left()).toBeLessThan(rows);
    }
    // Every row opens, whenever the kill came. None is half moved.
    expect(await countOpening(secrets, both)).toBe(rows);
  }
  const { printed, code } = await rewrapToTheEnd();
  expect(code).toBe(0);
  expect(printed).toContain(`Version 2 (newest): ${rows.toLocaleString('en')}\n`);
  expect(await left()).toBe(0);
  expect(await countOpening(secrets, newer)).toBe(rows);
  const { rows: counted } = await pagePool().query(
    `select coalesce(sum(split_part(target, ' ', 1)::int), 0)::int as moved
     from audit_event where action = 'key.rewrap'`,
  );
  // Each batch and its event were written together.
  expect(counted[0].moved).toBe(rows);
  expect((await rewrapToTheEnd()).printed).toMatch(/^0 sealed secrets were rewrapped/);
}, 180_000);

it('skips envelopes that do not open, and reports them', async () => {
  const secrets = await fill(5);
  const [bad] = secrets.keys();
  await pagePool().query(
    `update sealed_secret set wrapped_key = set_byte(wrapped_key, 20, 255 - get_byte(wrapped_key, 20))
     where key_id = $1`,
    [bad],
  );
  const { printed, complaints, code } = await rewrapToTheEnd();
  expect(printed).toBe('4 sealed secrets were rewrapped.\nVersion 1: 1\nVersion 2 (newest): 4\n');
  expect(complaints).toContain('1 cannot be opened');
  expect(code).toBe(1);
});

it('without the old version moves nothing, and names the setting', async () => {
  await fill(3);
  const { printed, complaints, code } = await rewrapToTheEnd(newer);
  expect(printed).toContain('Version 1 (not in KEY_ENCRYPTION_KEY): 3');
  expect(complaints).toContain('KEY_ENCRYPTION_KEY lacks a version that is in use');
  expect(complaints).not.toContain(newer.slice(4, 20));
  expect(code).toBe(1);
  expect((await rewrapToTheEnd('')).complaints).toContain('KEY_ENCRYPTION_KEY is not set');
});

it('does not disturb keys that are regenerated meanwhile', async () => {
  await insertUser('grace');
  const keys: string[] = [];
  while (keys.length < 40) keys.push((await makeKey(otto, 'grace', { revealable: true })).id);
  useSettings({ KEY_ENCRYPTION_KEY: both });
  const secrets: string[] = [];
  const regenerateAll = async () => {
    for (const id of keys) {
      const result = await regenerateKey(otto, { id, version: 1 });
      if (result.outcome === 'regenerated') secrets.push(result.secret);
    }
  };
  await Promise.all([rewrapSecrets(systemActor, keks(both)), regenerateAll()]);
  expect(secrets).toHaveLength(40);
  await rewrapSecrets(systemActor, keks(both));
  expect(await countByKek()).toEqual([{ version: 2, secrets: 40 }]);
  useSettings({ KEY_ENCRYPTION_KEY: newer });
  for (const [index, id] of keys.slice(0, 10).entries()) {
    const request = { id, reason: 'test', requestId: randomUUID() };
    expect(await revealKey(ada, request)).toMatchObject({ secret: secrets[index] });
  }
});
