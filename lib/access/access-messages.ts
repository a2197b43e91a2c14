/** What an actor without the needed right is told. */
export const accessMessages = {
  needsRole: (role: string) => `This needs the role ${role}.`,
  needsScope: (scope: string) => `This needs a service key with the scope ${scope}.`,
  notForServices: 'Services may not do this. An administrator can.',
} as const;
