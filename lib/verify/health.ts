import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRestored, restoredSentence } from '@/db/restored';
import { isDraining } from '@/lib/http/draining';
import { type Answer, problem } from '@/lib/http/problem';
import type { Verification } from './verification';

/** Longest wait for the database before this instance reports that it is not ready, in milliseconds. */
const patience = 500;

/** Reports that the process runs. Ignores the database, because a restart would not bring it back. */
export function answerHealth(): Answer {
  return good('ok\n');
}

const good = (body: string): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/plain' },
  body,
});

/** A warning, because verdicts are right without usage: this instance should still receive requests. */
const usageWarning = 'ok\nUsage cannot be written. It is kept in memory.\n';

/**
 * Reports whether this instance should receive requests: database reachable, schema current, not draining.
 */
export async function answerReady(context: Verification): Promise<Answer> {
  if (isDraining()) return problem(503, 'This instance is about to stop.');
  try {
    const applied = await withPatience(context.ready());
    if (applied >= newestMigration()) {
      return context.usage.isFailing ? good(usageWarning) : answerHealth();
    }
    return problem(503, 'The schema of the database is not current.');
  } catch (error) {
    return problem(503, reasonOf(context, error));
  }
}

function reasonOf({ lookup }: Verification, error: unknown): string {
  if (lookup.role === 'restored' || isRestored(error)) return restoredSentence;
  if (lookup.role !== 'standby') return 'The database cannot be asked now.';
  return 'The database is in recovery. It is a standby, or a primary that is not ready.';
}

/** Time of this release's newest migration. A newer schema also works, because schemas expand first. */
function newestMigration(): number {
  const path = join(process.cwd(), 'db/migrations/meta/_journal.json');
  const { entries } = JSON.parse(readFileSync(path, 'utf8')) as { entries: { when: number }[] };
  return entries.at(-1)?.when ?? 0;
}

async function withPatience<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
