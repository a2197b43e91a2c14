import { Badge } from '@/components/badge';
import type { UserSummary } from '@/lib/users/find-user';
import { roleNames } from '../settings/administrators/role-labels';
import { usersLabels as labels } from './users-labels';

type Props = Pick<UserSummary, 'active' | 'role' | 'kind'>;

/** Whether a user is active, whether it is a service and, where they administer Keydesk, as what. */
export function UserBadges({ active, role, kind }: Props) {
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge look={active ? 'good' : 'bad'}>{active ? labels.active : labels.disabled}</Badge>
      {kind === 'service' ? <Badge look="plain">{labels.service}</Badge> : null}
      {role ? <Badge look="plain">{roleNames[role]}</Badge> : null}
    </span>
  );
}
