import 'server-only';
import { createHash } from 'node:crypto';
import type { UserSummary } from './find-user';

type Tagged = Pick<
  UserSummary,
  'id' | 'username' | 'displayName' | 'email' | 'active' | 'kind' | 'responsibleId'
>;

/** A digest of all that can be changed of a user, for conditional requests. */
export function userTag(user: Tagged): string {
  const { id, username, displayName, email, active, kind, responsibleId } = user;
  return createHash('sha256')
    .update(JSON.stringify([id, username, displayName, email, active, kind, responsibleId]))
    .digest('base64url')
    .slice(0, 27);
}
