import { Checkbox } from '@/components/checkbox';
import { CheckboxGroups } from '@/components/checkbox-groups';
import type { KeyPolicy } from '@/lib/keys/policy/key-policy';
import { noticeDayChoices } from '@/lib/keys/policy/policy-choices';
import { policyLabels as labels } from './policy-labels';

type Props = { policy: Pick<KeyPolicy, 'noticeDays' | 'tellOwners'>; isMailOn: boolean };

const options = noticeDayChoices.map((value) => ({
  value,
  label: labels.noticeDay(Number(value)),
}));

/** When notices about the end of a key are sent, and whether its owner gets them. */
export function NoticeFields({ policy, isMailOn }: Props) {
  return (
    <>
      <CheckboxGroups
        label={labels.noticeDays}
        name="noticeDays"
        groups={[{ legend: labels.noticeDaysHint, options }]}
        chosen={policy.noticeDays.map(String)}
      />
      <Checkbox
        label={labels.tellOwners}
        hint={isMailOn ? labels.tellOwnersHint : `${labels.tellOwnersHint} ${labels.tellOwnersOff}`}
        name="tellOwners"
        defaultChecked={policy.tellOwners}
      />
    </>
  );
}
