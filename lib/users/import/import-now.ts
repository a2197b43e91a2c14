import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { database } from '@/db/client';
import type { UserLine } from '@/db/schema/user-import';
import { violatedUniqueness } from '@/db/unique-violation';
import type { AuditActor } from '@/lib/audit/record-event';
import { insertLines } from './import-users';
import { judgeLines, type Verdict } from './judge-lines';

/** What would become of the lines of a file, for the command line. */
export function judgeNow(_actor: AuditActor, lines: UserLine[]): Promise<Verdict[]> {
  return judgeLines(database(), lines);
}

/**
 * Adds all users of a file in one step, or none where a line is wrong or looks like another user and that
 * was not agreed to; the verdicts say which happened.
 */
export async function importNow(
  actor: AuditActor,
  lines: UserLine[],
  anyway: boolean,
  onProgress: (done: number) => Promise<void>,
): Promise<Verdict[]> {
  try {
    return await database().transaction(async (tx) => {
      const verdicts = await judgeLines(tx, lines);
      const isGood = verdicts.every(
        ({ problem, warning }) => problem === null && (anyway || warning === null),
      );
      if (isGood) {
        await insertLines(tx, uuidv7(), lines, { onProgress, askActor: async () => actor });
      }
      return verdicts;
    });
  } catch (error) {
    // Somebody added one of them meanwhile: nobody of ours was, and now the verdict says why.
    if (violatedUniqueness(error) === null) throw error;
    return judgeLines(database(), lines);
  }
}
