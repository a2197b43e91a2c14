/** What an administrator without the right role is told. */
export const accessMessages = {
  needsRole: (role: string) => `This needs the role ${role}.`,
} as const;
