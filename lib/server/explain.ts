import 'server-only';
import { databaseProblem } from '@/db/database-problem';
import { describeError } from '@/lib/log/described-error';
import { SettingsError } from '@/lib/settings/parse-settings';

/** The reason in one line for the operator, without the address or password of the database. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, name } = describeError(error);
  return databaseProblem(error) ?? `Keydesk could not start (${code ?? name}).`;
}
