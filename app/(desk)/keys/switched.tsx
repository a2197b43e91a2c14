'use client';

import { Button } from '@/components/button';

/** What a switch did, and whether that can be taken back. */
export type Switched = { id: string; active: boolean; text: string; undo: boolean };

type Props = { switched: Switched; action: (form: FormData) => void; pending: boolean };

/** Says it, with the way back: to the state before, where nobody else has changed the key since. */
export function SwitchedText({ switched, action, pending }: Props) {
  const { id, active, text, undo } = switched;
  return (
    <>
      {text}{' '}
      {undo ? (
        <form action={action} className="inline">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
          <input type="hidden" name="undo" value="yes" />
          <Button type="submit" size="small" pending={pending}>
            Undo
          </Button>
        </form>
      ) : null}
    </>
  );
}
