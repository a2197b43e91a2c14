import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { deleteKeyAction } from '../../actions';
import { DeleteKeyForm } from '../../delete-key-form';
import { keyMessages } from '../../key-messages';
import { questionLabels } from '../../question-labels';
import { askedKey, type KeyPageProps } from '../asked-key';

export const metadata: Metadata = { title: questionLabels.pages.delete };

export default async function DeleteKeyPage(props: KeyPageProps) {
  const { asked, back } = await askedKey(props);
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <h1>{questionLabels.titles.delete}</h1>
      {asked ? (
        <DeleteKeyForm asked={asked} action={deleteKeyAction} back={back} />
      ) : (
        <>
          <Notice look="warn">{keyMessages.alreadyDeleted}</Notice>
          <BackButton to={back}>{questionLabels.close}</BackButton>
        </>
      )}
    </div>
  );
}
