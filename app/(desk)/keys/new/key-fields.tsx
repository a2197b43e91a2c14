import type { ReactNode } from 'react';
import { Checkbox } from '@/components/checkbox';
import { FoldedFields } from '@/components/folded-fields';
import { TextField } from '@/components/text-field';
import { YesNo } from '@/components/yes-no';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import type { DeliveryChoices } from '../delivery-choices';
import { DeliveryField } from '../delivery-field';
import { PolicyFields } from '../policy-fields';
import { addKeyLabels } from './add-key-labels';
import { AddUserOffer } from './add-user-offer';
import { UserField } from './user-field';

export type KeyValues = PolicyValues & {
  user: string;
  name: string;
  active?: 'yes' | 'no';
  revealable?: 'yes';
};

type Props = {
  initial: KeyValues;
  revealOn: boolean;
  can: DeliveryChoices;
  keyOffer?: ReactNode;
};

/** What hides nothing while it is folded away; a window without a limit limits nothing. */
const nothing = {
  scopes: '',
  expires: '',
  lifetime: 'never',
  allowedAddresses: '',
  rateLimit: '',
  metadata: '',
  revealable: '',
};

/** Whose key, what for, whether it works; the rest is folded away. */
export function KeyFields({ initial, revealOn, can, keyOffer }: Props) {
  return (
    <>
      <div className="grid gap-2">
        <UserField defaultValue={initial.user} keyOffer={keyOffer} />
        <AddUserOffer />
      </div>
      <TextField
        label={addKeyLabels.name}
        name="name"
        hint={addKeyLabels.nameHint}
        autoComplete="off"
        defaultValue={initial.name}
      />
      <YesNo label={addKeyLabels.active} name="active" defaultValue={initial.active ?? 'yes'} />
      <DeliveryField can={can} />
      <FoldedFields summary={addKeyLabels.more} nothing={nothing} initial={initial}>
        <PolicyFields initial={initial} />
        {revealOn ? (
          <Checkbox
            label={addKeyLabels.revealable}
            name="revealable"
            hint={addKeyLabels.revealableHint}
            defaultChecked={initial.revealable === 'yes'}
          />
        ) : null}
      </FoldedFields>
    </>
  );
}
