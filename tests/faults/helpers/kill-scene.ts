import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { times } from '../../helpers/times';
import { addAdmin } from './add-admin';
import { type App, prepareApp } from './app';
import { auditGaps, filesWithSecrets, lostChanges, query } from './checker';
import { type Client, openClient } from './client';
import { openCluster } from './cluster';
import { type Operation, readJournal } from './journal';
import { liveSecrets } from './live-secrets';
import { mintSecretLike } from './secret-like';

const clients = 3;

const open: Scene[] = [];

/** Ends what the tests of this file have begun. */
export function endScenes(): void {
  test.afterEach(async () => {
    for (const scene of open.splice(0)) await scene.close();
  });
}

/** A desk on a PostgreSQL of its own, with clients that work on it. */
export async function openScene(settings: Record<string, string> = {}): Promise<Scene> {
  const scene = await prepareScene(settings);
  open.push(scene);
  await scene.begin();
  return scene;
}

async function prepareScene(settings: Record<string, string>) {
  const cluster = await openCluster({ fsync: 'on', log_statement: 'all', ...settings });
  const journals = mkdtempSync(join(tmpdir(), 'keydesk-journals-'));
  const app = await prepareApp(cluster.url, join(cluster.folder, 'keydesk.log'));
  const working: Client[] = [];
  async function begin() {
    await app.start();
    for (let number = 0; number < clients; number++) {
      const owner = `owner-${number}`;
      const insert = 'insert into directory_user (id, username) values (gen_random_uuid(), $1)';
      await query(cluster.url, insert, [owner]);
      const journal = join(journals, `${number}.jsonl`);
      working.push(await openClient(app.url, owner, journal, () => addAdmin(cluster.url)));
    }
    await query(cluster.url, 'checkpoint');
  }
  /** Makes a key for each owner, so that one exists whatever was deleted before. */
  async function createAnew() {
    for (const client of working) await client.create();
  }
  const operations = () => working.map(({ journal }) => readJournal(journal.path));
  const told = () => working.reduce((sum, client) => sum + client.told(), 0);
  /** All clients work until they fail. `pull` kills a process at some moment after the first results. */
  async function workUntil(pull: () => Promise<void>): Promise<void> {
    const enough = told() + randomInt(2, times(9, 5));
    let idle = 0;
    const ended = working.map((client) =>
      client.work().finally(() => {
        idle += 1;
      }),
    );
    while (told() < enough && idle < clients) await delay(2);
    await delay(randomInt(60));
    await pull();
    const reasons = await Promise.all(ended);
    if (told() < enough) throw new Error(`Nobody could work: ${reasons.join('; ')}`);
  }
  async function close() {
    await app.kill();
    await cluster.remove();
    rmSync(journals, { recursive: true });
  }
  return { app, cluster, begin, createAnew, operations, workUntil, close };
}

type Scene = Awaited<ReturnType<typeof prepareScene>>;

export async function lostIn({ cluster, operations }: Scene): Promise<string[]> {
  const lost = await Promise.all(operations().map((own) => lostChanges(cluster.url, own)));
  return lost.flat();
}

export async function expectSound(scene: Scene, app: App) {
  await scene.createAnew();
  const all = scene.operations().flat();
  expect(await lostIn(scene)).toEqual([]);
  expect(await auditGaps(scene.cluster.url)).toEqual([]);
  const live = await liveSecrets(scene.cluster.url, app.verifyUrl, secretsOf(all));
  expect([...live.values()].filter((count) => count > 1)).toEqual([]);
  expect(live.size).toBeGreaterThan(0);
  expect(filesWithSecrets(scene.cluster.folder)).toEqual([]);
  writeFileSync(join(scene.cluster.folder, 'canary'), `x${mintSecretLike()}x`);
  expect(filesWithSecrets(scene.cluster.folder)).toHaveLength(1);
  const told = all.filter((operation) => operation.told);
  const verbs = new Set(told.map(({ verb }) => verb));
  if (told.length > 40) expect(verbs.size).toBe(5);
  console.log(`${all.length} operations, ${told.length} of them acknowledged`);
}

/** Each secret once, even if it was both shown and revealed. */
const secretsOf = (operations: Operation[]) => [
  ...new Set(operations.flatMap(({ secret }) => (secret ? [secret] : []))),
];
