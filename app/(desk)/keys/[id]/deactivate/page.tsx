import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { switchKeyAction } from '../../actions';
import { DeactivateKeyForm } from '../../deactivate-key-form';
import { questionLabels } from '../../question-labels';
import { askedKey, type KeyPageProps } from '../asked-key';

export const metadata: Metadata = { title: questionLabels.pages.deactivate };

export default async function DeactivateKeyPage(props: KeyPageProps) {
  const { asked, back } = await askedKey(props);
  if (!asked) notFound();
  const fromForm = (await props.searchParams).saved === 'yes';
  return (
    <div className="grid max-w-xl gap-4">
      <h1>{questionLabels.titles.deactivate}</h1>
      <DeactivateKeyForm asked={asked} action={switchKeyAction} back={back} fromForm={fromForm} />
    </div>
  );
}
