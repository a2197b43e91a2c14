import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { v4 as uuid } from 'uuid';
import { z } from 'zod';
import { reauthenticationPath } from '@/lib/access/reauthentication';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { askedPath } from '@/lib/auth/request-origin';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { findKey } from '@/lib/keys/find-key';
import { revealsPerHour } from '@/lib/keys/reveal-key';
import { isRevealOn } from '@/lib/keys/secret/sealed-secrets';
import type { KeyPageProps } from '../asked-key';
import { revealKeyAction } from './actions';
import { RevealForm } from './reveal-form';
import { revealLabels as labels } from './reveal-labels';

export const metadata: Metadata = { title: labels.title };

/** Whoever may not reveal, and whatever cannot be revealed, finds no page here. */
export default async function RevealKeyPage({ params, searchParams }: KeyPageProps) {
  const administrator = await requireAdministrator('admin');
  const { id } = await params;
  const key = z.uuid().safeParse(id).success ? await findKey(administrator, id) : null;
  if (!key?.revealable || !isRevealOn()) notFound();
  if (!administrator.reauthenticated) redirect(reauthenticationPath(await askedPath()));
  return (
    <div className="grid max-w-xl gap-4">
      <h1>{labels.question}</h1>
      <p>
        {labels.secretOf} <code>{key.hint}</code> {labels.ofOwner}{' '}
        <bdi className="font-semibold">{key.username}</bdi> {labels.shownBriefly}{' '}
        {labels.most(revealsPerHour)}
      </p>
      <RevealForm
        action={revealKeyAction}
        id={id}
        requestId={uuid()}
        back={safeRedirect((await searchParams).back, `/keys/${id}`)}
      />
    </div>
  );
}
