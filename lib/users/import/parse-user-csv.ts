import 'server-only';
import type { UserLine } from '@/db/schema/user-import';
import { CsvFileError } from '@/lib/csv/csv-file-error';
import { fitToHeader } from '@/lib/csv/csv-header';
import { csvValue } from '@/lib/csv/csv-line';
import { CsvReader } from '@/lib/csv/csv-reader';
import type { CsvRow } from '@/lib/csv/csv-row';
import { usernameText } from '@/lib/forms/text-input';
import { displayNameText, emailText, responsibleText } from '../user-input';
import type { Column } from './csv-columns';
import { readHeader } from './csv-header';
import { importMessages as messages } from './import-messages';

export const mostLines = 10_000;
/** Below the limit of the request, which also carries the rest of the form. */
export const mostBytes = 1_000_000;
const longestLine = 2_000;

export type ParsedCsv = { lines: UserLine[] } | { problem: string };

/** Reads a CSV file of users; knows nothing of who exists. */
export function parseUserCsv(bytes: Uint8Array): ParsedCsv {
  if (bytes.length > mostBytes) return { problem: messages.tooLarge };
  try {
    const reader = new CsvReader(longestLine);
    const [head, ...rest] = [...reader.push(bytes), ...reader.end()];
    if (!head) return { problem: messages.empty };
    const header = readHeader(head.cells);
    if ('problem' in header) return header;
    if (rest.length === 0) return { problem: messages.noUsers };
    if (rest.length > mostLines) return { problem: messages.tooMany };
    return { lines: rest.map((row) => readLine(header.columns, row)) };
  } catch (error) {
    if (error instanceof CsvFileError) return { problem: error.message };
    throw error;
  }
}

const answers: Record<string, boolean> = {
  '': true,
  yes: true,
  true: true,
  '1': true,
  no: false,
  false: false,
  '0': false,
};

const kindWords: Record<string, NonNullable<UserLine['kind']>> = {
  '': 'person',
  person: 'person',
  service: 'service',
};

function readLine(columns: Column[], { cells: read, line }: CsvRow): UserLine {
  const { cells, problem: misfit } = fitToHeader(read, columns.length);
  const cell = (column: Column) => csvValue(cells[columns.indexOf(column)] ?? '');
  const username = usernameText.safeParse(cell('username'));
  const displayName = displayNameText.safeParse(cell('display_name'));
  const email = emailText.safeParse(cell('email'));
  const active = answers[cell('active').trim().toLowerCase()];
  const kind = kindWords[cell('kind').trim().toLowerCase()];
  const responsible = responsibleText.safeParse(cell('responsible'));
  const problems = [
    misfit,
    username.error && `username: ${username.error.issues[0]?.message}`,
    displayName.error && `display_name: ${displayName.error.issues[0]?.message}`,
    email.error && `email: ${email.error.issues[0]?.message}`,
    active === undefined ? messages.active : null,
    kind === undefined ? messages.kind : null,
    responsible.error && `responsible: ${responsible.error.issues[0]?.message}`,
    kind === 'person' && responsible.data ? messages.personWithResponsible : null,
  ];
  return {
    line,
    username: username.data ?? shown(cell('username')),
    displayName: displayName.data ?? '',
    email: email.data ?? '',
    active: active ?? true,
    kind: kind ?? 'person',
    responsible: responsible.data ?? '',
    problem: problems.find(Boolean) ?? null,
  };
}

/** Enough of a bad username to find it by, with what nobody can see made visible. */
function shown(text: string): string {
  const start = [...text.trim()].slice(0, 64).join('').replace(/\p{C}/gu, '\ufffd');
  return start.length < text.trim().length ? `${start}…` : start;
}
