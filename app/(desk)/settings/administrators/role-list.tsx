import { Fact, Facts } from '@/components/fact';
import { TitledSection } from '@/components/titled-section';
import { administratorLabels } from './administrator-labels';
import { mayDo, roleNames } from './role-labels';

/** Says in words what each role may do. */
export function RoleList() {
  return (
    <TitledSection id="roles" title={administratorLabels.roles}>
      <Facts>
        <Fact term={roleNames.viewer}>{mayDo.viewer}</Fact>
        <Fact term={roleNames.operator}>{mayDo.operator}</Fact>
        <Fact term={roleNames.admin}>{mayDo.admin}</Fact>
      </Facts>
    </TitledSection>
  );
}
