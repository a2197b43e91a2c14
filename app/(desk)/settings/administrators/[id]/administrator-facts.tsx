import { Badge } from '@/components/badge';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { ListedAdministrator } from '@/lib/auth/list-administrators';
import { administratorLabels as labels } from '../administrator-labels';
import { roleSentence } from '../role-labels';

export function AdministratorFacts({ administrator }: { administrator: ListedAdministrator }) {
  const { role, active, hasSecondFactor, hasOneTimePassword, lastSignInAt } = administrator;
  return (
    <Facts>
      <Fact term={labels.role}>{roleSentence(role)}</Fact>
      <Fact term={labels.status}>
        <Badge look={active ? 'good' : 'bad'}>{active ? labels.active : labels.disabled}</Badge>
      </Fact>
      <Fact term={labels.password}>{hasOneTimePassword ? labels.oneTime : labels.own}</Fact>
      <Fact term={labels.secondFactor}>{hasSecondFactor ? labels.on : labels.off}</Fact>
      <Fact term={labels.lastSignIn}>
        <Moment at={lastSignInAt} />
      </Fact>
    </Facts>
  );
}
