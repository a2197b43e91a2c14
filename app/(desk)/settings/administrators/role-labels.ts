import type { Role } from '@/lib/access/administrator';

export const roleNames: Record<Role, string> = {
  viewer: 'Viewer',
  operator: 'Operator',
  admin: 'Admin',
};

/** What each role may do. */
export const mayDo: Record<Role, string> = {
  viewer: 'sees everything, changes nothing',
  operator: 'sees everything, changes keys and users',
  admin: 'changes everything, also administrators, settings and service keys; reveals keys',
};

/** A role and what it may do. */
export const roleSentence = (role: Role) => `${roleNames[role]}: ${mayDo[role]}`;

export const roleOptions = (['viewer', 'operator', 'admin'] as const).map((value) => ({
  value,
  label: roleSentence(value),
}));

export const noRole = { value: 'none', label: 'No role: may own keys' };
