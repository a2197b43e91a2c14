import type { roles } from '@/db/schema/directory-user';
import { accessMessages } from './access-messages';

export type Role = (typeof roles)[number];

/** What somebody has to do after signing in before anything else. */
export type Duty = 'new-password' | 'second-factor';

/** A signed-in user with a role, and where the request came from. Functions that touch data ask for one. */
export type Administrator = {
  id: string;
  username: string;
  role: Role;
  address: string;
  /** Whether this browser proved who uses it, by password or second factor, within five minutes. */
  reauthenticated: boolean;
  /** Set only for those who are sent away from everything but that duty. */
  owes?: Duty;
};

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

export function hasRole(administrator: Pick<Administrator, 'role'>, role: Role): boolean {
  return rank[administrator.role] >= rank[role];
}

export class ForbiddenError extends Error {}

/**
 * The check where data is touched; the action has asked already.
 *
 * @throws ForbiddenError where the administrator's role is weaker than `role`
 */
export function authorize(administrator: Pick<Administrator, 'role'>, role: Role): void {
  if (!hasRole(administrator, role)) throw new ForbiddenError(accessMessages.needsRole(role));
}
