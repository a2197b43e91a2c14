import 'server-only';
import type { z } from 'zod';
import { credentialList, gitleaksReport, ownReport, sarifReport } from './leak-formats';
import { leakMessages } from './leak-messages';
import { type Evidence, type LeakedSecret, mostLeaked } from './leaked-secret';
import { placeOf, readSarif } from './read-sarif';

/** What is wrong with a part of the report. The pointer (RFC 6901) is empty for the whole. */
export type LeakReportError = { pointer: string; detail: string };

export type ParsedLeakReport =
  | { outcome: 'parsed'; secrets: LeakedSecret[]; evidence: Evidence }
  | { outcome: 'refused'; errors: LeakReportError[] };

/** Reads a report in any of the formats that we take. Messages about it never repeat what it holds. */
export function parseLeakReport(report: unknown): ParsedLeakReport {
  if (Array.isArray(report)) {
    return read(gitleaksReport, report, (findings) => ({
      secrets: findings.map(({ Secret, File, StartLine, Link }) => ({
        secret: Secret,
        url: Link || placeOf(File, StartLine),
      })),
      evidence: { source: 'gitleaks', url: null },
    }));
  }
  if (typeof report !== 'object' || report === null) return refused('', leakMessages.notReport);
  if ('runs' in report) {
    return read(sarifReport, report, (sarif) => {
      const { secrets, source } = readSarif(sarif);
      return { secrets, evidence: { source, url: null } };
    });
  }
  if ('credentials' in report) {
    return read(credentialList, report, ({ credentials }) => ({
      secrets: credentials.map((secret) => ({ secret })),
      evidence: { source: 'list of credentials', url: null },
    }));
  }
  return read(ownReport, report, ({ secrets, source, url }) => ({
    secrets: secrets.map((secret) => ({ secret })),
    evidence: { source: source ?? 'API', url: url ?? null },
  }));
}

type Read = Omit<Extract<ParsedLeakReport, { outcome: 'parsed' }>, 'outcome'>;

function read<Schema extends z.ZodType>(
  schema: Schema,
  report: unknown,
  take: (report: z.output<Schema>) => Read,
): ParsedLeakReport {
  const parsed = schema.safeParse(report);
  if (!parsed.success) {
    return { outcome: 'refused', errors: parsed.error.issues.flatMap(errorsOf) };
  }
  const { secrets, evidence } = take(parsed.data);
  const different = distinct(secrets);
  if (different.length > mostLeaked) return refused('', leakMessages.tooMany(mostLeaked));
  return { outcome: 'parsed', secrets: different, evidence };
}

/** Scanners find one secret in many places. The first place stands for all. */
function distinct(secrets: LeakedSecret[]): LeakedSecret[] {
  const places = new Map<string, LeakedSecret>();
  for (const one of secrets) {
    const secret = one.secret.trim();
    if (secret !== '' && !places.has(secret)) places.set(secret, { ...one, secret });
  }
  return [...places.values()];
}

const refused = (pointer: string, detail: string): ParsedLeakReport => ({
  outcome: 'refused',
  errors: [{ pointer, detail }],
});

function errorsOf(issue: z.core.$ZodIssue): LeakReportError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      pointer: pointerTo([...issue.path, name]),
      detail: leakMessages.unknownField,
    }));
  }
  return [{ pointer: pointerTo(issue.path), detail: issue.message }];
}

const pointerTo = (path: PropertyKey[]) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
