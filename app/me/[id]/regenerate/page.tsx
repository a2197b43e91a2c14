import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { findOwnKeyUse } from '@/lib/keys/own/own-keys';
import { askedOf } from '../../../(desk)/keys/asked-of';
import { OverlapField } from '../../../(desk)/keys/overlap-field';
import { RegenerateKeyForm } from '../../../(desk)/keys/regenerate-key-form';
import { regenerateOwnKeyAction } from '../../actions';
import { meLabels as labels } from '../../me-labels';
import { askedOwnKey, type OwnKeyPageProps } from '../asked-own-key';

export const metadata: Metadata = { title: labels.regeneratePage };

export default async function RegenerateMyKeyPage(props: OwnKeyPageProps) {
  const { owner, key, mayRegenerate } = await askedOwnKey(props);
  if (!mayRegenerate) notFound();
  const use = await findOwnKeyUse(owner, key.id);
  return (
    <div className="grid max-w-xl gap-4">
      <h1>{labels.regenerateTitle}</h1>
      <RegenerateKeyForm
        asked={{ ...askedOf(key), ...(use && { use }) }}
        action={regenerateOwnKeyAction}
        back={`/me/${key.id}`}
        fields={<OverlapField />}
      />
    </div>
  );
}
