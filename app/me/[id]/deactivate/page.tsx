import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { PageHead } from '@/components/page-head';
import { Phrase } from '@/components/phrase';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { findOwnKeyUse } from '@/lib/keys/own/own-keys';
import { KeyImpact } from '../../../(desk)/keys/key-impact';
import { switchOffOwnKeyAction } from '../../actions';
import { meLabels as labels } from '../../me-labels';
import { askedOwnKey, type OwnKeyPageProps } from '../asked-own-key';

export const metadata: Metadata = { title: labels.switchOffPage };

/** Always asked, because its owner cannot take it back. */
export default async function SwitchOffMyKeyPage(props: OwnKeyPageProps) {
  const { owner, key, maySwitchOff } = await askedOwnKey(props);
  if (!maySwitchOff) notFound();
  const { id, hint } = key;
  const use = await findOwnKeyUse(owner, id);
  return (
    <div className="grid max-w-xl gap-4">
      <PageHead title={labels.switchOffTitle} trail={trailOf(id, hint)} />
      <p>
        <Phrase text={labels.willStop}>
          <code>{hint}</code>
        </Phrase>
      </p>
      {use ? <KeyImpact keyId={id} use={use} /> : null}
      <FormScope action={switchOffOwnKeyAction}>
        <FormMessage />
        <div className="flex flex-wrap gap-2">
          <ActionForm className="contents">
            <input type="hidden" name="id" value={id} />
            <SubmitButton look="destructive">{labels.ok}</SubmitButton>
          </ActionForm>
          <BackButton to={`/me/${id}`}>{labels.cancel}</BackButton>
        </div>
      </FormScope>
    </div>
  );
}

const trailOf = (id: string, hint: string) => [
  { text: labels.title, href: '/me' },
  { text: hint, href: `/me/${id}` },
];
