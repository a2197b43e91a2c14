import type { FormEvent } from 'react';
import { ActionForm } from '@/components/posting/action-form';
import type { PostedForm } from '@/components/posting/use-form-action';
import { switchFormId } from './report-forms';

type Props = { of: PostedForm; onSubmit: (id: string) => void };

/** Two for all rows: with a form of its own, each switch would bring the six hidden fields of an action. */
export function SwitchForms({ of: posted, onSubmit }: Props) {
  const tell = ({ nativeEvent }: FormEvent) => {
    const { submitter } = nativeEvent as SubmitEvent;
    if (submitter instanceof HTMLButtonElement) onSubmit(submitter.value);
  };
  return [true, false].map((active) => (
    <ActionForm key={switchFormId(active)} of={posted} id={switchFormId(active)} onSubmit={tell}>
      <input type="hidden" name="active" value={active ? 'yes' : 'no'} />
    </ActionForm>
  ));
}
