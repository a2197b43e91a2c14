import 'server-only';
import { CsvError, parse } from 'csv-parse/sync';
import type { UserLine } from '@/db/schema/user-import';
import { usernameText } from '../../text-input';
import { displayNameText, emailText } from '../user-input';
import { type Column, readHeader } from './csv-header';

export const mostLines = 10_000;
/** Below the limit of the request, which also carries the rest of the form. */
export const mostBytes = 1_000_000;
const longestLine = 2_000;

export type ParsedCsv = { lines: UserLine[] } | { problem: string };

type CsvRecord = { info: { lines: number }; record: string[] };

/** Reads a CSV file of users as RFC 4180 says, strictly; knows nothing of who exists. */
export function parseUserCsv(bytes: Uint8Array): ParsedCsv {
  if (bytes.length > mostBytes) return { problem: 'The file is larger than 1 MB.' };
  const text = decodeUtf8(bytes);
  if (text === null) return { problem: 'The file is not UTF-8 text. Save it as CSV UTF-8.' };
  try {
    const [head, ...rest] = readRecords(text);
    if (!head) return { problem: 'The file is empty.' };
    const header = readHeader(head.record);
    if ('problem' in header) return header;
    if (rest.length === 0) return { problem: 'The file has no users below its header.' };
    if (rest.length > mostLines) return { problem: 'The file has more than 10,000 users.' };
    let last = head.info.lines;
    const lines = rest.map(({ info, record }) => {
      const line = last + 1;
      last = info.lines;
      return readLine(header.columns, record, line);
    });
    return { lines };
  } catch (error) {
    if (error instanceof CsvError) return { problem: explain(error) };
    throw error;
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readRecords(text: string): CsvRecord[] {
  return parse(text, {
    info: true,
    record_delimiter: ['\r\n', '\n'],
    // Judged line by line, so that one bad line does not hide the others.
    relax_column_count: true,
    max_record_size: longestLine,
    to: mostLines + 2,
  }) as unknown as CsvRecord[];
}

function explain(error: CsvError): string {
  const at = `Line ${Number(error.lines ?? 0)}`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return `${at} is longer than ${longestLine.toLocaleString('en')} characters; perhaps a quote is never closed.`;
  }
  return `${at} is not CSV: a quote stands where none can, or is never closed.`;
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

function readLine(columns: Column[], cells: string[], line: number): UserLine {
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? '';
  const username = usernameText.safeParse(cell('username'));
  const displayName = displayNameText.safeParse(cell('display_name'));
  const email = emailText.safeParse(cell('email'));
  const active = answers[cell('active').trim().toLowerCase()];
  const messages = [
    cells.length === columns.length ? null : columnCount(cells.length, columns.length),
    username.error && `username: ${username.error.issues[0]?.message}`,
    displayName.error && `display_name: ${displayName.error.issues[0]?.message}`,
    email.error && `email: ${email.error.issues[0]?.message}`,
    active === undefined ? 'active: Write yes or no.' : null,
  ];
  return {
    line,
    username: username.data ?? shown(cell('username')),
    displayName: displayName.data ?? '',
    email: email.data ?? '',
    active: active ?? true,
    problem: messages.find(Boolean) ?? null,
  };
}

const columnCount = (found: number, wanted: number) =>
  `This line has ${found} ${found === 1 ? 'value' : 'values'}, the header ${wanted}.`;

/** Enough of a bad username to find it by, with what nobody can see made visible. */
function shown(text: string): string {
  const start = [...text.trim()].slice(0, 64).join('').replace(/\p{C}/gu, '\ufffd');
  return start.length < text.trim().length ? `${start}…` : start;
}
