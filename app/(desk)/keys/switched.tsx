'use client';

import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import type { PostedForm } from '@/components/posting/use-form-action';
import { keyNoticeLabels } from './key-notice-labels';

/** What a switch did, and whether that can be taken back. */
export type Switched = { id: string; active: boolean; text: string; undo: boolean };

type Props = { switched: Switched; of: PostedForm };

/** Says it, with the way back: to the state before, where nobody else has changed the key since. */
export function SwitchedText({ switched, of: posted }: Props) {
  const { id, active, text, undo } = switched;
  return (
    <>
      {text}{' '}
      {undo ? (
        <ActionForm of={posted} className="inline">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
          <input type="hidden" name="undo" value="yes" />
          <SubmitButton of={posted} size="small">
            {keyNoticeLabels.undo}
          </SubmitButton>
        </ActionForm>
      ) : null}
    </>
  );
}
