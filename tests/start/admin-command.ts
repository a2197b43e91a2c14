import { testSettings } from '../helpers/settings';
import { runScript } from './processes';

/** Runs the program on the database of this test. */
export async function admin(args: string[], more: Record<string, string> = {}) {
  const { DATABASE_URL = '' } = process.env;
  const command = await runScript('scripts/admin.ts', args, {
    ...{ DATABASE_URL, AUDIT_KEY: testSettings.AUDIT_KEY },
    ...more,
  });
  const code = await command.ended;
  // The first line names the database.
  const [used = '', ...said] = command.said().trim().split('\n');
  const isUsed = used.startsWith('Using the database keydesk_test_');
  return { code, said: (isUsed ? said : [used, ...said]).join('\n') };
}
