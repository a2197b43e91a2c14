'use client';

import { type ReactNode, useId } from 'react';
import { BackButton } from '@/components/back-button';
import { Checkbox } from '@/components/checkbox';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmissionId } from '@/components/posting/submission-id';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { YesNo } from '@/components/yes-no';
import { type FormAction, fieldError, typedValue } from '@/lib/forms/form-state';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import type { CreatedKey } from '../issued-secret';
import { PolicyFields } from '../policy-fields';
import { RevealedKey } from '../revealed-key';
import { IssuedKeys } from './issued-keys';
import { UserField } from './user-field';

type Props = {
  action: FormAction<CreatedKey>;
  requestId: string;
  initial: {
    user: string;
    name: string;
    active?: 'yes' | 'no';
    revealable?: 'yes';
  } & PolicyValues;
  back: string;
  /** What the policy of the next key begins with. */
  empty: PolicyValues;
  /** Whether secrets can be sealed here, so that admins can see them again. */
  revealOn: boolean;
  /** For a whole key where a username belongs. */
  keyOffer?: ReactNode;
};

/** What must be in sight where it holds something; a window without a limit holds nothing. */
const unfolded = [
  ...(['scopes', 'expires', 'lifetime', 'allowedAddresses', 'rateLimit', 'metadata'] as const),
  'revealable',
] as const;

export function KeyForm({ action, requestId, initial, empty, back, revealOn, keyOffer }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  const formId = useId();
  const made = state.status === 'done' ? state.data : null;
  if (made?.after === 'close') return <RevealedKey issued={made} doneTo={back} />;
  const typed = made
    ? { ...empty, user: '', name: '', active: 'yes', revealable: undefined }
    : initial;
  const value = (name: keyof typeof typed) => typedValue(state, name, typed[name] ?? '');
  const inSight = (name: keyof typeof typed) =>
    Boolean((value(name) && value(name) !== 'never') || fieldError(state, name));
  return (
    <>
      {made ? <IssuedKeys latest={made} back={back} /> : null}
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <ActionForm of={posted} key={made?.keyId} id={formId} className="grid gap-4 panel p-4">
        <SubmissionId name="requestId" value={made?.nextRequestId ?? requestId} />
        <UserField
          defaultValue={value('user')}
          error={fieldError(state, 'user')}
          autoFocus={made !== null}
          keyOffer={keyOffer}
        />
        <YesNo
          label="Active"
          name="active"
          defaultValue={value('active') === 'no' ? 'no' : 'yes'}
          error={fieldError(state, 'active')}
        />
        <TextField
          label="Name"
          name="name"
          hint="Optional: what the key is for."
          autoComplete="off"
          defaultValue={value('name')}
          error={fieldError(state, 'name')}
        />
        <details open={unfolded.some(inSight)}>
          <summary className="min-h-8 font-medium text-accent">More options</summary>
          <div className="grid gap-4 pt-2">
            <PolicyFields initial={made ? empty : initial} />
            {revealOn ? (
              <Checkbox
                label="Revealable"
                name="revealable"
                hint="Its secret is kept, sealed: an admin can see it again, with a reason."
                defaultChecked={value('revealable') === 'yes'}
                error={fieldError(state, 'revealable')}
              />
            ) : null}
          </div>
        </details>
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton
          of={posted}
          isSender={(sent) => sent.get('after') !== 'new'}
          form={formId}
          name="after"
          value="close"
          look="primary"
        >
          Save
        </SubmitButton>
        <SubmitButton
          of={posted}
          isSender={(sent) => sent.get('after') === 'new'}
          form={formId}
          name="after"
          value="new"
        >
          Save &amp; add new
        </SubmitButton>
        <BackButton to={back}>Cancel</BackButton>
      </div>
    </>
  );
}
