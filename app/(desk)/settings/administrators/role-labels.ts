import type { Role } from '@/lib/access/administrator';

export const roleNames: Record<Role, string> = {
  viewer: 'Viewer',
  operator: 'Operator',
  admin: 'Admin',
};

/** What each role may do, for whoever gives or has it. */
export const mayDo: Record<Role, string> = {
  viewer: 'sees everything, changes nothing',
  operator: 'also changes keys and users',
  admin: 'also changes administrators, settings and service keys, and reveals keys',
};

/** A role with what it may do, wherever there is room for it. */
export const roleSentence = (role: Role) => `${roleNames[role]}: ${mayDo[role]}`;

export const roleOptions = (['viewer', 'operator', 'admin'] as const).map((value) => ({
  value,
  label: roleSentence(value),
}));

export const noRole = { value: 'none', label: 'No role: cannot sign in, may own keys' };
