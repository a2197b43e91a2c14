import type { Role } from './administrator';

/** What whoever may not do something is told. */
export const accessMessages = {
  needsRole: (role: Role) => `This needs the role ${role}.`,
} as const;
