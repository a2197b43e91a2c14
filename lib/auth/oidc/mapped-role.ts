import 'server-only';
import { hasRole, type Role } from '@/lib/access/administrator';
import { settings } from '@/lib/settings/settings';

/** The highest role that any of the groups gives, or null. Names are compared exactly. */
export function mappedRole(groups: readonly string[]): Role | null {
  const given = (settings().OIDC_ROLES ?? []).filter(({ group }) => groups.includes(group));
  return given.reduce<Role | null>(
    (highest, { role }) => (highest && hasRole({ role: highest }, role) ? highest : role),
    null,
  );
}
