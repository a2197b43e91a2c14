import type { Role } from '@/lib/access/administrator';

/** What each role may do, for whoever gives or has it. */
export const mayDo: Record<Role, string> = {
  viewer: 'sees keys, users and the audit',
  operator: 'sees everything, changes keys and users',
  admin: 'changes keys, users and administrators',
};

export const roleOptions = (['viewer', 'operator', 'admin'] as const).map((value) => ({
  value,
  label: `${value}: ${mayDo[value]}`,
}));

export const noRole = { value: 'none', label: 'no role: owns keys, cannot sign in' };
