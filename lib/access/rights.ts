import type { roles } from '@/db/schema/directory-user';

/** What an actor needs: administrators a role, services a scope. A plain role is never given to services. */
export type Right = { role: (typeof roles)[number]; scope: `keydesk:${string}` };

/**
 * The rights that services can have, besides verifying keys. None implies another. Whatever names only a
 * role, such as policies, administrators and reveals, is not for services.
 */
export const rights = {
  readKeys: { role: 'viewer', scope: 'keydesk:keys.read' },
  writeKeys: { role: 'operator', scope: 'keydesk:keys.write' },
  /** To let a key do more than before, in addition to the right to change it. */
  widenKeys: { role: 'operator', scope: 'keydesk:keys.widen' },
  readUsers: { role: 'viewer', scope: 'keydesk:users.read' },
  writeUsers: { role: 'operator', scope: 'keydesk:users.write' },
  readAudit: { role: 'viewer', scope: 'keydesk:audit.read' },
  reportLeaks: { role: 'operator', scope: 'keydesk:leaks.write' },
} as const satisfies Record<string, Right>;
