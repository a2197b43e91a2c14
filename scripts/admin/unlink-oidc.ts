import { systemActor } from '@/lib/audit/record-event';
import { unlinkIdentities } from '@/lib/auth/oidc/link-identity';
import { Sentence } from '../sentence';
import { parseUsername } from './account-input';
import { withDatabase } from './with-database';

/** Takes all subjects of the provider from a user, and signs the user out. */
export async function unlinkOidc(name: string): Promise<void> {
  const username = parseUsername(name);
  const result = await withDatabase(() => unlinkIdentities(systemActor, username));
  if (result.outcome === 'unknown')
    throw new Sentence(`User "${username}" is not in the database.`);
  if (result.outcome === 'none') throw new Sentence(`User "${username}" is not linked.`);
  console.log(`${result.username} is no longer linked. They are signed out.`);
}
