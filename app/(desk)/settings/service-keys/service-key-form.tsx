import { Checkbox } from '@/components/checkbox';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmissionId } from '@/components/posting/submission-id';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextField } from '@/components/text-field';
import { TitledSection } from '@/components/titled-section';
import type { FormAction } from '@/lib/forms/form-state';
import { serviceScopes, verifyScope } from '@/lib/keys/scope';
import { ExpiryField } from '../../keys/expiry-field';
import type { CreatedKey } from '../../keys/issued-secret';
import { AddUserOffer } from '../../keys/new/add-user-offer';
import { UserField } from '../../keys/new/user-field';
import { IssuedInstead } from './issued-instead';
import { rightLabels, serviceKeysLabels } from './service-keys-labels';

type Props = {
  action: FormAction<CreatedKey>;
  requestId: string;
  initial: { user: string; name: string; expires: string; lifetime: string };
};

/** Adds a service key; afterwards the key and a command that uses it stand in its place. */
export function ServiceKeyForm({ action, requestId, initial }: Props) {
  return (
    <FormScope action={action}>
      <IssuedInstead>
        <TitledSection id="add" title={serviceKeysLabels.add}>
          <ActionForm className="panel grid max-w-xl gap-4 p-4">
            <FormMessage />
            <SubmissionId name="requestId" value={requestId} />
            <div className="grid gap-2">
              <UserField
                label={serviceKeysLabels.owner}
                hint={serviceKeysLabels.ownerHint}
                defaultValue={initial.user}
              />
              <AddUserOffer />
            </div>
            <TextField
              label={serviceKeysLabels.name}
              name="name"
              hint={serviceKeysLabels.nameHint}
              autoComplete="off"
              defaultValue={initial.name}
            />
            <fieldset className="grid gap-2">
              <legend className="font-medium">{serviceKeysLabels.rights}</legend>
              <p className="text-muted">{serviceKeysLabels.rightsHint}</p>
              {serviceScopes.map((scope) => (
                <Checkbox
                  key={scope}
                  label={rightLabels[scope]}
                  name={scope}
                  hint={scope}
                  defaultChecked={scope === verifyScope}
                />
              ))}
            </fieldset>
            <ExpiryField lifetime={initial.lifetime} expires={initial.expires} />
            <div>
              <SubmitButton look="primary">{serviceKeysLabels.add}</SubmitButton>
            </div>
          </ActionForm>
        </TitledSection>
      </IssuedInstead>
    </FormScope>
  );
}
