import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemActor } from '@/lib/audit/record-event';
import { findCheckedKeys } from '@/lib/keys/import/find-import';
import { importKeys } from '@/lib/keys/import/import-keys';
import { stageKeys } from '@/lib/keys/import/stage-keys';
import { sweepNow } from '@/lib/keys/import/sweep-staged';
import { codeOf, Sentence } from '../sentence';
import { readKeyVersions } from './key-versions';
import { withDatabase } from './with-database';

const importer = { ...systemActor, role: 'admin' } as const;
const keys = (count: number) => (count === 1 ? '1 key' : `${number(count)} keys`);
const number = (count: number) => count.toLocaleString('en');

/** Makes keys of all lines of a CSV file, or of none if any line is wrong. */
export async function importKeysFrom(path: string, dryRun: boolean): Promise<void> {
  await requireReadable(path);
  await withDatabase(async () => {
    const format = { peppers: readKeyVersions('KEY_PEPPER'), prefix: readPrefix() };
    const staged = await stageKeys(importer, createReadStream(path), format);
    if (staged.outcome === 'bad-file') throw new Sentence(`${path}: ${staged.problem}`);
    try {
      const lines = await requireGood(staged.id);
      if (dryRun) return console.log(`${keys(lines)} would be imported. None was.`);
      const { outcome } = await importKeys(importer, staged.id, tell(lines));
      // The database changed between the check and the import.
      if (outcome !== 'imported') await requireGood(staged.id);
      if (outcome !== 'imported') throw new Sentence('Nothing was imported. Try again.');
      console.log(`${keys(lines)} ${lines === 1 ? 'was' : 'were'} imported.`);
    } finally {
      await sweepNow(importer);
    }
  });
}

async function requireGood(id: string): Promise<number> {
  const checked = await findCheckedKeys(importer, id);
  if (!checked) throw new Sentence('The check has expired. Try again.');
  const { lines, bad, shown } = checked;
  if (bad === 0) return lines;
  for (const { line, username, problem } of shown) {
    if (problem !== null) console.error(`Line ${line}${username && ` (${username})`}: ${problem}`);
  }
  const errors = bad === 1 ? '1 line has an error' : `${number(bad)} lines have errors`;
  throw new Sentence(`${errors} of ${number(lines)}. No key was imported.`);
}

function readPrefix(): string {
  const prefix = process.env.KEY_PREFIX || 'kd';
  if (/^[a-z0-9]{2,12}$/.test(prefix)) return prefix;
  throw new Sentence('KEY_PREFIX must be 2 to 12 of a-z and 0-9.');
}

async function requireReadable(path: string): Promise<void> {
  try {
    const file = await open(path);
    const isFile = (await file.stat()).isFile();
    await file.close();
    if (isFile) return;
  } catch (error) {
    throw new Sentence(`${path} cannot be read (${codeOf(error) ?? 'unknown reason'}).`);
  }
  throw new Sentence(`${path} is not a file.`);
}

/** Shows progress on a terminal, not in a log. */
const tell = (total: number) => (done: number) => {
  if (process.stderr.isTTY && done < total) process.stderr.write(`${done} of ${total}\r`);
};
