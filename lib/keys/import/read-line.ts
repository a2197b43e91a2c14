import 'server-only';
import { fitToHeader } from '@/lib/csv/csv-header';
import { csvValue } from '@/lib/csv/csv-line';
import { labelText, usernameText } from '@/lib/forms/text-input';
import { isRetiredScope, isScopeName, mostScopes, scopeWords } from '../scope';
import { isWellFormedSecret } from '../secret/secret';
import { isReservedScope } from '../service-key';
import type { Column } from './csv-header';
import { parseMoment } from './moment';
import { type KeptSecret, readSecret, type SecretFormat } from './read-secret';

/** A line as it is staged, with MACs in place of the secret. `problem` says why it cannot become a key. */
export type KeyLine = {
  line: number;
  username: string;
  name: string;
  active: boolean;
  scopes: string[];
  created: Date | null;
  expires: Date | null;
  secret: KeptSecret | null;
  problem: string | null;
};

/** What is needed to check a line, besides the line itself. */
export type LineRules = SecretFormat & {
  columns: Column[];
  /** Whether the importer may grant scopes of Keydesk itself. */
  mayReserve: boolean;
  now: Date;
};

const nameText = labelText('name', 100);

/** Reads one record of the file. The result contains no secret, whatever column the secret was in. */
export function readLine(read: string[], line: number, rules: LineRules): KeyLine {
  const { cells, problem: misfit } = fitToHeader(read, rules.columns.length);
  if (misfit) return badLine(line, misfit);
  const cell = (column: Column) => (cells[rules.columns.indexOf(column)] ?? '').trim();
  const [secretText, sha256] = [cell('secret'), cell('sha256')];
  if (isSecretElsewhere(cells, rules, secretText)) {
    return badLine(line, 'A secret stands in the wrong column.');
  }
  const username = usernameText.safeParse(csvValue(cell('username')));
  const name = nameText.safeParse(csvValue(cell('name')));
  const dates = readDates(cell('created'), cell('expires'), rules.now);
  const status = readStatus(cell('status'), dates.expires, rules.now);
  const scopes = readScopes(csvValue(cell('scopes')), rules.mayReserve);
  const secret = readSecret(secretText, sha256, rules);
  // The text in the name's column may be the secret, so neither is kept or shown.
  if ('problem' in secret) return badLine(line, secret.problem);
  const problems = [
    username.error && `username: ${username.error.issues[0]?.message}`,
    name.error && `name: ${name.error.issues[0]?.message}`,
    status.problem,
    dates.problem,
    scopes.problem,
  ];
  return {
    line,
    username: username.data ?? '',
    name: name.data ?? '',
    active: status.active,
    scopes: scopes.scopes,
    created: dates.created,
    expires: dates.expires,
    secret,
    problem: problems.find(Boolean) ?? null,
  };
}

function badLine(line: number, problem: string): KeyLine {
  const empty = { username: '', name: '', active: true, scopes: [] };
  return { line, ...empty, created: null, expires: null, secret: null, problem };
}

/** If columns are mixed up, a secret would be stored and shown as a name. */
function isSecretElsewhere(cells: string[], { columns }: LineRules, secret: string): boolean {
  return cells.some((cell, index) => {
    if (columns[index] === 'secret') return false;
    if (secret.length >= 8 && cell.includes(secret)) return true;
    return isWellFormedSecret(cell.trim());
  });
}

function readDates(created: string, expires: string, now: Date) {
  const dates = { created: parseMoment(created), expires: parseMoment(expires) };
  return { ...dates, problem: dateProblem() };

  function dateProblem(): string | null {
    const form = 'Write a date such as 2026-03-31 or 2026-03-31T09:30:00Z.';
    if (created !== '' && !dates.created) return `created: ${form}`;
    if (dates.created && dates.created > now) return 'created: This is in the future.';
    return expires !== '' && !dates.expires ? `expires: ${form}` : null;
  }
}

/** The words of the report and its export. "Expired" adds nothing to the date. */
function readStatus(text: string, expires: Date | null, now: Date) {
  const word = text.toLowerCase();
  if (word === '' || word === 'active') return { active: true, problem: null };
  if (word === 'inactive') return { active: false, problem: null };
  if (word !== 'expired') {
    return { active: true, problem: 'status: Write active, inactive or expired.' };
  }
  const isPast = expires !== null && expires <= now;
  return {
    active: true,
    problem: isPast ? null : 'status: An expired key needs an expires in the past.',
  };
}

function readScopes(text: string, mayReserve: boolean) {
  const scopes = text === '' ? [] : scopeWords(text);
  const problem = scopesProblem();
  return { scopes: problem ? [] : scopes, problem };

  function scopesProblem(): string | null {
    if (scopes.length > mostScopes) return `scopes: Use at most ${mostScopes} scopes.`;
    if (!scopes.every(isScopeName)) {
      return 'scopes: Separate scopes with blanks or commas, each up to 64 letters, digits and signs of ASCII.';
    }
    if (scopes.some(isRetiredScope)) {
      return 'scopes: The scope "keydesk:manage" is no longer used and cannot be granted.';
    }
    return !mayReserve && scopes.some(isReservedScope)
      ? 'scopes: Only an admin can grant scopes that begin with "keydesk:".'
      : null;
  }
}
