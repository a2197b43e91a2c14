import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { UnsentNotice } from '../../../unsent-notice';
import { regenerateKeyAction } from '../../actions';
import { deliveryChoicesFor } from '../../delivery-choices';
import { questionLabels } from '../../question-labels';
import { RegenerateFields } from '../../regenerate-fields';
import { RegenerateKeyForm } from '../../regenerate-key-form';
import { askedKey, type KeyPageProps } from '../asked-key';

export const metadata: Metadata = { title: questionLabels.pages.regenerate };

export default async function RegenerateKeyPage(props: KeyPageProps) {
  const { administrator, key, asked, back } = await askedKey(props);
  if (!key || !asked) notFound();
  return (
    <div className="grid max-w-xl gap-4">
      <h1>{questionLabels.titles.regenerate}</h1>
      <UnsentNotice params={await props.searchParams} />
      <RegenerateKeyForm
        asked={asked}
        action={regenerateKeyAction}
        back={back}
        fields={<RegenerateFields can={await deliveryChoicesFor(administrator, key.ownerId)} />}
      />
    </div>
  );
}
