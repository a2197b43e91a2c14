import type { roles } from '@/db/schema/directory-user';
import { accessMessages } from './access-messages';
import type { Right } from './rights';
import { isService, type Service } from './service';

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

/** The actor lacks a right. */
export class ForbiddenError extends Error {}

/** The service lacks a scope. */
export class MissingScopeError extends ForbiddenError {
  constructor(readonly scope: string) {
    super(accessMessages.needsScope(scope));
  }
}

type Rightful = Pick<Administrator, 'role'> | Service;

/** Whether the actor has the role, or the service the scope, at the time when the actor was looked up. */
export function may(actor: Rightful, needed: Role | Right): boolean {
  if (isService(actor)) return typeof needed === 'object' && actor.scopes.includes(needed.scope);
  return hasRole(actor, roleOf(needed));
}

export const roleOf = (needed: Role | Right): Role =>
  typeof needed === 'string' ? needed : needed.role;

/**
 * The check in the function that touches data. The action, or the endpoint, has already checked once.
 *
 * @throws ForbiddenError if the administrator's role is weaker, or the actor is a service without the scope
 */
export function authorize(actor: Rightful, needed: Role | Right): void {
  if (!may(actor, needed)) throw refusalOf(actor, needed);
}

export function refusalOf(actor: object, needed: Role | Right): ForbiddenError {
  if (!isService(actor)) return new ForbiddenError(accessMessages.needsRole(roleOf(needed)));
  if (typeof needed === 'object') return new MissingScopeError(needed.scope);
  return new ForbiddenError(accessMessages.notForServices);
}
