'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { SelectField } from '@/components/select-field';
import { Told } from '@/components/told';
import { type FormAction, idle } from '@/lib/form-state';
import { noRole, roleOptions } from '../role-options';

type Props = { action: FormAction<string>; id: string; role: string };

export function RoleForm({ action, id, role }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form
      // What is saved becomes what the field begins with, for the browser resets it to that.
      key={role}
      action={submit}
      className="grid gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <Told state={state} />
      <input type="hidden" name="id" value={id} />
      <SelectField
        label="Role"
        name="role"
        options={[...roleOptions, noRole]}
        defaultValue={role}
      />
      <p className="text-muted">Another role signs them out everywhere.</p>
      <div>
        <Button type="submit" look="primary" pending={pending}>
          Change role
        </Button>
      </div>
    </form>
  );
}
