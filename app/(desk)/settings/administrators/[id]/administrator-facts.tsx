import { Badge } from '@/components/badge';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { ListedAdministrator } from '@/lib/auth/list-administrators';

export function AdministratorFacts({ administrator }: { administrator: ListedAdministrator }) {
  const { role, active, hasSecondFactor, hasOneTimePassword, lastSignInAt } = administrator;
  return (
    <Facts>
      <Fact term="Role">{role}</Fact>
      <Fact term="Status">
        <Badge look={active ? 'good' : 'bad'}>{active ? 'Active' : 'Disabled'}</Badge>
      </Fact>
      <Fact term="Password">{hasOneTimePassword ? 'one-time, not yet changed' : 'their own'}</Fact>
      <Fact term="Second factor">{hasSecondFactor ? 'set up' : 'none'}</Fact>
      <Fact term="Last sign-in">
        <Moment at={lastSignInAt} />
      </Fact>
    </Facts>
  );
}
