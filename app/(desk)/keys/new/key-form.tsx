import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import type { CreatedKey } from '../issued-secret';
import type { MailChoice } from '../mail-choice';
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
  /** Null where no link can be mailed. */
  mail: MailChoice | null;
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
