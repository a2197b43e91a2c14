import type { RoleRefusal } from '@/lib/users/administrator-rules';

/** What is said where an administrator must not be changed so. */
export const refusals: Record<RoleRefusal, (verb: 'disabled' | 'deleted') => string> = {
  'needs-admin': () => 'Only an admin can change or delete an administrator.',
  oneself: (verb) => `You cannot be ${verb} by yourself: another admin has to do it.`,
  'last-admin': (verb) => `The last active admin cannot be ${verb}.`,
};
