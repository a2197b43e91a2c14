import type { Administrator } from './administrator';

/** A command on the server. Its operator is not in the directory, and may do what an admin may. */
export type CommandLine = Omit<Administrator, 'id' | 'owes'> & { id: null; role: 'admin' };

/** The audit names Keydesk itself, as for everything that happens on the server. */
export const commandLine: CommandLine = {
  id: null,
  username: 'system',
  address: 'local',
  role: 'admin',
  reauthenticated: true,
};
