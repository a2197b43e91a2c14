import type { roles } from '@/db/schema/directory-user';
import { accessMessages } from './access-messages';

export type Role = (typeof roles)[number];

/** What an administrator must do after signing in, before anything else. */
export type Duty = 'new-password' | 'second-factor';

/**
 * A signed-in user with a role, and the address of the request. Functions that read or change data require
 * one.
 */
export type Administrator = {
  id: string;
  username: string;
  role: Role;
  address: string;
  /** Whether this browser re-authenticated, by password or second factor, within the last five minutes. */
  reauthenticated: boolean;
  /** Set only if the administrator may do nothing else before this duty. */
  owes?: Duty;
};

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

export function hasRole(administrator: Pick<Administrator, 'role'>, role: Role): boolean {
  return rank[administrator.role] >= rank[role];
}

export class ForbiddenError extends Error {}

/**
 * The check in the function that touches data. The action has already checked once.
 *
 * @throws ForbiddenError if the administrator's role is weaker than `role`
 */
export function authorize(administrator: Pick<Administrator, 'role'>, role: Role): void {
  if (!hasRole(administrator, role)) throw new ForbiddenError(accessMessages.needsRole(role));
}
