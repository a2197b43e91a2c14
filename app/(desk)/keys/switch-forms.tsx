import type { FormEvent } from 'react';

/** The form that a switch belongs to: it asks for this state. */
export const switchFormId = (active: boolean) => (active ? 'switch-on' : 'switch-off');

type Props = { action: (form: FormData) => void; onSubmit: (id: string) => void };

/** Two for all rows: with a form of its own, each switch would bring the six hidden fields of an action. */
export function SwitchForms({ action, onSubmit }: Props) {
  const tell = ({ nativeEvent }: FormEvent) => {
    const { submitter } = nativeEvent as SubmitEvent;
    if (submitter instanceof HTMLButtonElement) onSubmit(submitter.value);
  };
  return [true, false].map((active) => (
    <form key={switchFormId(active)} id={switchFormId(active)} action={action} onSubmit={tell}>
      <input type="hidden" name="active" value={active ? 'yes' : 'no'} />
    </form>
  ));
}
