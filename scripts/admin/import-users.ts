import { readFile, stat } from 'node:fs/promises';
import { systemActor } from '@/lib/audit/record-event';
import { importNow, judgeNow } from '@/lib/users/import/import-now';
import type { Verdict } from '@/lib/users/import/judge-lines';
import { mostBytes, parseUserCsv } from '@/lib/users/import/parse-user-csv';
import { codeOf, Sentence } from '../sentence';
import { withDatabase } from './with-database';

const mostShown = 200;

type Options = { 'dry-run': boolean; anyway: boolean };

export async function importUsersFrom(path: string, options: Options): Promise<void> {
  const { 'dry-run': dryRun, anyway } = options;
  const parsed = parseUserCsv(await readCsv(path));
  if ('problem' in parsed) throw new Sentence(`${path}: ${parsed.problem}`);
  const { lines } = parsed;
  await withDatabase(async () => {
    const verdicts = dryRun
      ? await judgeNow(systemActor, lines)
      : await importNow(systemActor, lines, anyway, tell(lines.length));
    const bad = verdicts.filter(({ problem }) => problem !== null);
    for (const line of bad.slice(0, mostShown)) console.error(describe(line));
    const count = (number: number) => number.toLocaleString('en');
    if (bad.length > 0) {
      const errors =
        bad.length === 1 ? '1 line has an error' : `${count(bad.length)} lines have errors`;
      throw new Sentence(`${errors} of ${count(lines.length)}. Nobody was added.`);
    }
    const alike = verdicts.filter(({ warning }) => warning !== null);
    for (const line of alike.slice(0, mostShown)) console.error(describe(line));
    if (alike.length > 0 && !anyway) {
      throw new Sentence(
        `${count(alike.length)} of ${count(lines.length)} names look like others. Nobody was added. If these are different people, add --anyway.`,
      );
    }
    const users = lines.length === 1 ? '1 user' : `${count(lines.length)} users`;
    const added = lines.length === 1 ? 'was added.' : 'were added.';
    console.log(`${users} ${dryRun ? 'would be added. Nobody was.' : added}`);
  });
}

const describe = ({ line, username, problem, warning }: Verdict) =>
  `Line ${line} (${username}): ${problem ?? warning}`;

/** Shows progress on a terminal, not in a log. */
const tell = (total: number) => async (done: number) => {
  if (process.stderr.isTTY && done < total) process.stderr.write(`${done} of ${total}\r`);
};

async function readCsv(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new Sentence(`${path}: The file is larger than 1 MB.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof Sentence) throw error;
    throw new Sentence(`${path} cannot be read (${codeOf(error) ?? 'unknown reason'}).`);
  }
}
