import 'server-only';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { FailedLookupLimiter } from './failed-lookup-limiter';
import { type Identified, readIdentified } from './identified-key';
import { isMistyped, isPossibleSecret } from './identify-key';
import { freeLines, mostLines } from './identify-limits';
import { findSecrets } from './secret/find-secrets';

const misses = new FailedLookupLimiter(Date.now, freeLines, freeLines);

/** What a line is. It does not hold the text, which no answer repeats. */
export type IdentifiedLine = { line: number } & (
  | ({ outcome: 'found' } & Identified)
  | { outcome: 'mistyped' | 'unknown' }
);

export type IdentifyLinesResult =
  | { outcome: 'read'; lines: IdentifiedLine[] }
  | { outcome: 'too-many' }
  | { outcome: 'wait'; seconds: number };

/** Finds the keys of many secrets, one on each line. Blank lines count only for the numbers of the others. */
export async function identifyLines(
  administrator: Administrator,
  text: string,
): Promise<IdentifyLinesResult> {
  authorize(administrator, 'operator');
  const texts = linesOf(text);
  if (texts.length > mostLines) return { outcome: 'too-many' };
  const seconds = misses.wait(administrator.id, '');
  if (seconds > 0) return { outcome: 'wait', seconds };
  const found = await findSecrets(
    database(),
    texts.map(({ secret }) => secret),
  );
  const keys = await readIdentified(found.values());
  const lines = texts.map(({ line, secret }): IdentifiedLine => {
    const one = found.get(secret);
    const key = one && keys.get(one.keyId);
    if (key) return { line, outcome: 'found', current: one.current, standing: one.standing, key };
    if (isPossibleSecret(secret)) return { line, outcome: 'unknown' };
    return { line, outcome: isMistyped(secret) ? 'mistyped' : 'unknown' };
  });
  const unknown = texts.filter(({ secret }) => isPossibleSecret(secret) && !found.has(secret));
  await noteMisses(administrator, unknown.length);
  return { outcome: 'read', lines };
}

/** The lines of a text that are not blank, by their numbers. */
export function linesOf(text: string): { line: number; secret: string }[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((one, index) => ({ line: index + 1, secret: one.trim() }))
    .filter(({ secret }) => secret !== '');
}

/** Counts each unknown line, and writes one event for all. */
async function noteMisses(administrator: Administrator, count: number): Promise<void> {
  if (count === 0) return;
  for (let miss = 0; miss < count; miss++) misses.count(administrator.id, '');
  const target = { type: 'key', id: null, label: 'unknown' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'key.identify', target, {
      outcome: 'refused',
      details: { lines: count },
    }),
  );
}
