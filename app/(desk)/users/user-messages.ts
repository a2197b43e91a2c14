import type { RoleRefusal } from '@/lib/users/administrator-rules';

/** What the forms about users are told. */
export const userMessages = {
  saved: 'Saved.',
  gone: 'This user has been deleted. Nothing was changed.',
  exists: (username: string) => `User "${username}" already exists.`,
} as const;

/** What is said where an administrator must not be changed so. */
export const refusals: Record<RoleRefusal, (verb: 'disabled' | 'deleted') => string> = {
  'needs-admin': () => 'Only an admin can change or delete an administrator.',
  oneself: (verb) => `You cannot be ${verb} by yourself: another admin has to do it.`,
  'last-admin': (verb) => `The last active admin cannot be ${verb}.`,
};
