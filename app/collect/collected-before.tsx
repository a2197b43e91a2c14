import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import type { PostedForm } from '@/components/posting/use-form-action';
import type { CollectAnswer } from './collect-answer';
import { collectLabels as labels } from './collect-labels';

type Props = Extract<CollectAnswer, { outcome: 'collected-before' }> & {
  id: string;
  of: PostedForm;
};

/** Somebody was here before. Whoever has the link can stop what they got. */
export function CollectedBefore({ id, of: posted, at, from, mayStop, proof }: Props) {
  return (
    <>
      <Notice look="warn">{labels.collected(at, from)}</Notice>
      {mayStop ? (
        <ActionForm of={posted} className="grid justify-items-start gap-2">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="secretProof" value={proof} />
          <input type="hidden" name="stop" value="yes" />
          <p>{labels.notYou}</p>
          <SubmitButton of={posted} look="danger">
            {labels.stop}
          </SubmitButton>
        </ActionForm>
      ) : (
        <p>{labels.cannotStop}</p>
      )}
    </>
  );
}
