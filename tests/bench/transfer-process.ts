import { createReadStream } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { closeDatabase, pagePool } from '@/db/client';
import { settings } from '@/lib/env';
import { exportKeys } from '@/lib/keys/export-keys';
import { importKeys } from '@/lib/keys/import/import-keys';
import { stageKeys } from '@/lib/keys/import/stage-keys';

export type TransferOrder = { what: 'check' | 'import' | 'export'; file: string };
export type TransferResult = { seconds: number; before: number; most: number; cpu: number };

const importer = { id: null, username: 'bench', address: 'local', role: 'admin' } as const;
const { what, file } = JSON.parse(process.argv[2] ?? '{}') as TransferOrder;

async function check() {
  const { KEY_PEPPER, KEY_PREFIX } = settings();
  const peppers = KEY_PEPPER as [(typeof KEY_PEPPER)[number]];
  const staged = await stageKeys(importer, createReadStream(file), { peppers, prefix: KEY_PREFIX });
  if (staged.outcome !== 'staged') throw new Error(staged.problem);
}

async function importAll() {
  const { rows } = await pagePool().query('select id from key_import');
  const { outcome } = await importKeys(importer, rows[0].id);
  if (outcome !== 'imported') throw new Error(outcome);
}

/** As fast as it comes, as a fast browser would. */
async function exportAll() {
  const ada = { ...importer, id: uuidv7(), provedRecently: true };
  for await (const part of exportKeys(ada, { username: '', status: undefined })) void part;
}

const runs = { check, import: importAll, export: exportAll };

await pagePool().query('select 1');
const before = process.memoryUsage().rss;
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 20);
const cpuBefore = process.cpuUsage();
const began = performance.now();
await runs[what]();
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage(cpuBefore);
const cpu = (user + system) / 1_000_000;
clearInterval(watch);
await closeDatabase();
process.send?.({ seconds, before, most, cpu } satisfies TransferResult, () => process.exit(0));
