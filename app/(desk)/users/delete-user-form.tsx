'use client';

import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { FormContext } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { TakesOver } from './[id]/takes-over';
import { deleteLabels as labels } from './delete-labels';

type Props = {
  action: FormAction<{ keys?: number; services?: number }>;
  user: { id: string; username: string; keys: number };
  /** For how many services they answer, and whether those need somebody. */
  services: number;
  isResponsibleRequired: boolean;
  back: string;
  /** Their keys, and how much they are used. */
  children?: ReactNode;
};

const formId = 'delete-user';

/** What "Delete" asks of a user, and plainly what happens to their keys. */
export function DeleteUserForm(props: Props) {
  const { action, user, isResponsibleRequired, back, children } = props;
  const posted = useFormAction(action);
  const { state } = posted;
  const found = state.status === 'done' ? state.data : {};
  const { keys = user.keys, services = props.services } = found;
  const failed = state.status === 'failed';
  return (
    <>
      <p>
        <bdi className="font-semibold">{user.username}</bdi> {labels.willBe}
      </p>
      {state.status === 'done' ? (
        <Notice look="bad">
          <bdi>{user.username}</bdi>{' '}
          {found.services === undefined ? labels.hasKeys(keys) : labels.hasServices(services)}
        </Notice>
      ) : null}
      {failed ? <Notice look="warn">{state.message}</Notice> : null}
      {failed ? null : children}
      <ActionForm of={posted} id={formId} className="contents">
        <input type="hidden" name="id" value={user.id} />
        <input type="hidden" name="back" value={back} />
        {failed ? null : (
          <FormContext value={posted}>
            <TakesOver
              key={`services ${services}`}
              services={services}
              isRequired={isResponsibleRequired}
            />
          </FormContext>
        )}
        {keys > 0 && !failed ? <KeysToo key={keys} keys={keys} /> : null}
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        {failed ? null : (
          <SubmitButton of={posted} form={formId} look="danger">
            {labels.ok}
          </SubmitButton>
        )}
        <BackButton to={back}>{failed ? labels.close : labels.cancel}</BackButton>
      </div>
    </>
  );
}

/** The box sends the number that it names, so that nobody agrees to more than they saw. */
function KeysToo({ keys }: { keys: number }) {
  return (
    <div className="panel grid gap-2 p-3">
      <p>
        {labels.continue(keys)} {labels.stopsAtOnce}
      </p>
      <label className="flex min-h-10 items-center gap-2 font-medium">
        <input type="checkbox" name="keys" value={keys} className="size-4 accent-accent" />
        {labels.alsoKeys(keys)}
      </label>
    </div>
  );
}
