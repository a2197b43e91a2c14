import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type AfterRestoreResult, afterRestore } from '@/lib/restore/after-restore';
import { Sentence, UsageError } from '../sentence';
import { withAnyDatabase } from './with-database';

type Given = {
  revocations?: string | undefined;
  accept?: string | undefined;
  json: boolean;
};

const [fewest, most] = [10, 1_000];

/** Puts a restored database to use, after taking away again what was taken away since its backup. */
export async function runAfterRestore({ revocations, accept, json }: Given): Promise<void> {
  if (revocations === undefined && accept === undefined) {
    throw new UsageError('after-restore needs --revocations <file>, --accept "<words>", or both.');
  }
  const words = accept?.trim().replace(/[\p{C}\p{Z}]+/gu, ' ');
  if (words !== undefined && (words.length < fewest || words.length > most)) {
    throw new UsageError(
      `--accept takes ${fewest} to ${most} characters: why it is no harm that something may be missing. The audit keeps them.`,
    );
  }
  const input = revocations === undefined ? null : await openFile(revocations);
  const result = await withAnyDatabase(() =>
    afterRestore({ revocations: input, accept: words ?? null }),
  );
  if (result.outcome !== 'done') throw new Sentence(refusalOf(result));
  console.log(json ? JSON.stringify(result) : summaryOf(result));
}

/** Opens it before the database, so that a wrong name changes nothing. */
async function openFile(path: string): Promise<NodeJS.ReadableStream> {
  if (path === '-') return process.stdin;
  try {
    await (await open(path)).close();
  } catch (error) {
    throw new Sentence(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  return createReadStream(path);
}

const orAccept = 'If that is no harm, add --accept "<why>".';

function refusalOf(result: Exclude<AfterRestoreResult, { outcome: 'done' }>): string {
  const { outcome } = result;
  switch (outcome) {
    case 'empty':
      return `Nothing was changed: the file has no audit events, or its last line is missing. ${orAccept}`;
    case 'too-old':
      return `Nothing was changed: the file ends with event ${result.last}, but this database already has ${result.head}. ${orAccept}`;
    case 'gap':
      return `Nothing was changed: this database ends with event ${result.head}, and the file does not tell of events ${result.missing.first} to ${result.missing.last}. ${orAccept}`;
    case 'changed-meanwhile':
      return 'Nothing was changed: something else changed the database meanwhile. Run the command again.';
  }
}

type Done = Extract<AfterRestoreResult, { outcome: 'done' }>;

function summaryOf(done: Done): string {
  const count = (number: number, one: string, many = `${one}s`) =>
    `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
  return [
    done.told
      ? `The database ends with event ${done.head}; the file tells of ${done.told.first} to ${done.told.last}.`
      : `The database ends with event ${done.head}. What came after it is not known.`,
    `${count(done.ended, 'key')} ended or limited again, ${count(done.endedBefore, 'key')} had been deleted before, ${done.unknown} made after the backup and not in it.`,
    `${count(done.users, 'user')} disabled or limited again, ${done.unknownUsers} not in the backup. ${count(done.webhooks, 'webhook')} switched off.`,
    `${count(done.sessions, 'session')} and ${count(done.handOvers, 'open hand-over')} ended.`,
    ...(done.signIns.length > 0
      ? [
          `Passwords that were changed since are removed. Run reset-password for: ${done.signIns.map((name) => JSON.stringify(name)).join(', ')}.`,
        ]
      : []),
    ...(done.looks
      ? ['Policies or recipients of mails were changed since the backup: check "Settings".']
      : []),
    'Keydesk uses this database from now on.',
  ].join('\n');
}
