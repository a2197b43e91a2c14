import { createReadStream } from 'node:fs';
import { closeDatabase, pagePool } from '@/db/client';
import { importKeys } from '@/lib/keys/import/import-keys';
import { stageKeys } from '@/lib/keys/import/stage-keys';
import { settings } from '@/lib/settings/settings';

export type TransferOrder = { what: 'check' | 'import'; file: string };
export type TransferResult = { seconds: number; before: number; most: number };

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

const runs = { check, import: importAll };

await pagePool().query('select 1');
const before = process.memoryUsage().rss;
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 20);
const began = performance.now();
await runs[what]();
const seconds = (performance.now() - began) / 1_000;
clearInterval(watch);
await closeDatabase();
process.send?.({ seconds, before, most } satisfies TransferResult, () => process.exit(0));
