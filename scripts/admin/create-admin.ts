import { systemActor } from '@/lib/audit/record-event';
import { createAdministrator } from '@/lib/auth/administrator-accounts';
import { generatePassword } from '@/lib/passwords/generate-password';
import { Sentence } from '../sentence';
import { parsePassword, parseRole, parseUsername } from './account-input';
import { withDatabase } from './with-database';

export async function createAdmin(name: string, roleName: string, anyway: boolean): Promise<void> {
  const username = parseUsername(name);
  const role = parseRole(roleName);
  await withDatabase(async () => {
    const given = process.env.ADMIN_PASSWORD;
    const password = given ? parsePassword(given) : generatePassword();
    const lookalike = anyway ? username : undefined;
    const account = { username, password, role, lookalike };
    const result = await createAdministrator(systemActor, account);
    if (result.outcome === 'lookalike') {
      throw new Sentence(
        `"${username}" looks like the name of user "${result.username}". If they are different people, add --anyway.`,
      );
    }
    if (result.outcome === 'exists') {
      throw new Sentence(
        `User "${result.username}" is already an administrator. For a new password, run: npm run admin -- reset-password ${result.username}`,
      );
    }
    console.log(
      result.outcome === 'promoted'
        ? `User ${result.username} is now an administrator (${role}).`
        : `Administrator ${result.username} (${role}) was added.`,
    );
    if (!given) console.log(`Password (shown once): ${password}`);
  });
}
