import { FormRefusal } from '@/components/form-refusal';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import { keyNoticeLabels } from './key-notice-labels';

type Props = {
  action: FormAction;
  id: string;
  /** The list where it was deleted. */
  back: string;
  /** What became of the key; null where it is not deleted any more. */
  text: string | null;
  mayUndo: boolean;
};

/**
 * Says what was deleted, with "Undo" while that is possible. It is there for as long as the address
 * names the key: without JavaScript the answer to "Undo" comes with a page that offers it no more.
 */
export function DeletedNotice({ action, id, back, text, mayUndo }: Props) {
  return (
    <FormScope action={action}>
      <FormRefusal>
        {text ? (
          <Notice look="good">
            {text}{' '}
            {mayUndo ? (
              <ActionForm className="inline">
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="undo" value="yes" />
                <input type="hidden" name="back" value={back} />
                <SubmitButton size="small">{keyNoticeLabels.undo}</SubmitButton>
              </ActionForm>
            ) : null}
          </Notice>
        ) : null}
      </FormRefusal>
    </FormScope>
  );
}
