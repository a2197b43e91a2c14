import { Badge } from '@/components/badge';
import type { Role } from '@/lib/access/administrator';

/** Whether a user is active and, where they administer Keydesk, as what. */
export function UserBadges({ active, role }: { active: boolean; role: Role | null }) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge look={active ? 'good' : 'bad'}>{active ? 'Active' : 'Disabled'}</Badge>
      {role ? <Badge look="plain">{role}</Badge> : null}
    </span>
  );
}
