import { AnsweredValue } from '@/components/posting/answered-value';
import { TextField } from '@/components/text-field';
import { YesNo } from '@/components/yes-no';
import type { UserSummary } from '@/lib/users/find-user';
import { KindField } from './kind-field';
import { userLabels as labels } from './user-labels';

export type UserValues = {
  username: string;
  displayName: string;
  email: string;
  kind: UserSummary['kind'];
  /** The username of the responsible person; empty for nobody. */
  responsible: string;
  active: 'yes' | 'no';
};

type Props = {
  initial: UserValues;
  /** Whether it can be chosen here if the user is active. */
  maySwitch?: boolean;
};

/** What is asked of a user, new or not. */
export function UserFields({ initial, maySwitch = true }: Props) {
  return (
    <>
      <AnsweredValue name="lookalike" />
      <TextField
        label={labels.username}
        name="username"
        defaultValue={initial.username}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint={labels.usernameHint}
      />
      <TextField
        label={labels.displayName}
        name="displayName"
        defaultValue={initial.displayName}
        autoComplete="off"
      />
      <TextField
        label={labels.email}
        name="email"
        defaultValue={initial.email}
        autoComplete="off"
        inputMode="email"
        spellCheck={false}
      />
      <KindField kind={initial.kind} responsible={initial.responsible} />
      {maySwitch ? (
        <YesNo label={labels.active} name="active" defaultValue={initial.active} />
      ) : (
        <input type="hidden" name="active" value={initial.active} />
      )}
    </>
  );
}
