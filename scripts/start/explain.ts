import { databaseProblem } from '@/db/database-problem';
import { SettingsError } from '@/lib/settings/parse-settings';
import { Sentence } from '../sentence';

/** A sentence if the operator can act on the error, and a stack only for a fault of ours. */
export function explain(error: unknown): string {
  const plain = [Sentence, SettingsError];
  if (error instanceof Error && plain.some((kind) => error instanceof kind)) return error.message;
  const problem = databaseProblem(error);
  if (problem) return problem;
  return `Keydesk could not start: ${error instanceof Error ? error.stack : String(error)}`;
}
