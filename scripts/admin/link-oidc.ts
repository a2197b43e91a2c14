import { systemActor } from '@/lib/audit/record-event';
import { issuerName } from '@/lib/auth/oidc/configuration';
import { linkIdentity } from '@/lib/auth/oidc/link-identity';
import { Sentence } from '../sentence';
import { parseUsername } from './account-input';
import { withDatabase } from './with-database';

/** Lets an existing user sign in as this subject of the provider. */
export async function linkOidc(name: string, subject: string): Promise<void> {
  const username = parseUsername(name);
  const issuer = process.env.OIDC_ISSUER ?? '';
  if (!URL.canParse(issuer))
    throw new Sentence('OIDC_ISSUER is not set. Set it as the desk has it.');
  if (subject.length < 1 || subject.length > 255) {
    throw new Sentence(
      'A subject has 1 to 255 characters. The audit log shows it where it was refused.',
    );
  }
  const identity = { issuer: issuerName(issuer), subject };
  const result = await withDatabase(() => linkIdentity(systemActor, username, identity));
  switch (result.outcome) {
    case 'unknown':
      throw new Sentence(`User "${username}" is not in the database.`);
    case 'taken':
      throw new Sentence(`This subject is already linked to ${result.username}.`);
    case 'linked':
      console.log(`${result.username} can now sign in as this subject of ${identity.issuer}.`);
  }
}
