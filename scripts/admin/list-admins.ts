import { listAdministrators } from '@/lib/auth/list-administrators';
import { withDatabase } from './with-database';

export async function listAdmins(): Promise<void> {
  const rows = await withDatabase(() => listAdministrators({ role: 'admin' }));
  if (rows.length === 0) {
    console.log('There is no administrator yet. Add one: npm run admin -- create-admin <username>');
  }
  for (const { username, role, active, lastSignInAt } of rows) {
    const seen = lastSignInAt ? `last sign-in ${lastSignInAt.toISOString()}` : 'never signed in';
    console.log([username, role, active ? 'active' : 'disabled', seen].join('\t'));
  }
}
