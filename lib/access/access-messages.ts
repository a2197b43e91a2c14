import type { Role } from './administrator';

/** What an administrator without the right role is told. */
export const accessMessages = {
  needsRole: (role: Role) => `This needs the role ${role}.`,
} as const;
