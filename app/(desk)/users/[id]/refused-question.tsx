import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { userLabels } from '../user-labels';

/** In place of a question whose answer would be refused: why. */
export function RefusedQuestion({ because, back }: { because: string; back: string }) {
  return (
    <>
      <Notice look="warn">{because}</Notice>
      <div>
        <BackButton to={back}>{userLabels.close}</BackButton>
      </div>
    </>
  );
}
