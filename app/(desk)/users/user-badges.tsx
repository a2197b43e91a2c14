import { Badge } from '@/components/badge';
import type { Role } from '@/lib/access/administrator';
import { roleNames } from '../settings/administrators/role-labels';
import { usersLabels as labels } from './users-labels';

/** Whether a user is active and, where they administer Keydesk, as what. */
export function UserBadges({ active, role }: { active: boolean; role: Role | null }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge look={active ? 'good' : 'bad'}>{active ? labels.active : labels.disabled}</Badge>
      {role ? <Badge look="plain">{roleNames[role]}</Badge> : null}
    </span>
  );
}
