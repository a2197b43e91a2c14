import { systemActor } from '@/lib/audit/record-event';
import { resetPassword } from '@/lib/auth/administrator-accounts';
import { generatePassword } from '@/lib/passwords/generate-password';
import { Sentence } from '../sentence';
import { parseUsername } from './account-input';
import { withDatabase } from './with-database';

const refusals = {
  unknown: 'is not in the database.',
  'no-role': 'is not an administrator; create-admin makes them one.',
  disabled: 'is disabled; another admin has to enable them first.',
} as const;

export async function resetAdminPassword(name: string, removeSecondFactor: boolean): Promise<void> {
  const username = parseUsername(name);
  const password = generatePassword();
  const result = await withDatabase(() =>
    resetPassword(systemActor, { username, password, removeSecondFactor }),
  );
  if (result.outcome !== 'reset') {
    throw new Sentence(`User "${username}" ${refusals[result.outcome]}`);
  }
  console.log(`${result.username} has a new password and was signed out everywhere.`);
  console.log(`Password (shown once): ${password}`);
}
