import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import type { DeliveryChoices } from '../delivery-choices';
import type { CreatedKey } from '../issued-secret';
import { AddKey } from './add-key';
import { addKeyLabels } from './add-key-labels';
import { KeyFields, type KeyValues } from './key-fields';

type Props = {
  action: FormAction<CreatedKey>;
  requestId: string;
  initial: KeyValues;
  back: string;
  /** What the policy of the next key begins with. */
  empty: PolicyValues;
  /** Whether secrets can be sealed here, so that admins can see them again. */
  revealOn: boolean;
  can: DeliveryChoices;
  /** For a whole key where a username belongs. */
  keyOffer?: ReactNode;
};

const formId = 'add-key';

export function KeyForm({ action, requestId, initial, empty, back, ...fields }: Props) {
  return (
    <FormScope action={action}>
      <AddKey
        formId={formId}
        requestId={requestId}
        back={back}
        first={<KeyFields initial={initial} {...fields} />}
        next={<KeyFields initial={{ ...empty, user: '', name: '' }} {...fields} />}
        buttons={<Buttons back={back} />}
      />
    </FormScope>
  );
}

function Buttons({ back }: { back: string }) {
  return (
    <div className="flex flex-wrap gap-2">
      <SubmitButton form={formId} name="after" value="close" look="primary">
        {addKeyLabels.save}
      </SubmitButton>
      <SubmitButton form={formId} name="after" value="new">
        {addKeyLabels.saveAndNew}
      </SubmitButton>
      <BackButton to={back}>{addKeyLabels.cancel}</BackButton>
    </div>
  );
}
