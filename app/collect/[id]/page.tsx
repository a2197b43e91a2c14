import type { Metadata } from 'next';
import { z } from 'zod';
import { Notice } from '@/components/notice';
import { signInMessage } from '@/lib/auth/sign-in-messages';
import { findLinkState } from '@/lib/keys/hand-over/find-hand-over';
import type { RawParams } from '@/lib/lists/list-params';
import { CollectKey } from '../collect-key';
import { collectLabels as labels } from '../collect-labels';

export const metadata: Metadata = { title: labels.title };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

/** Open to everybody, and says nothing of the key before the fragment of the link is proven. */
export default async function CollectPage({ params, searchParams }: Props) {
  const { id } = await params;
  const link = z.uuid().safeParse(id).success
    ? await findLinkState(id)
    : ({ state: 'unknown' } as const);
  const said = signInMessage((await searchParams).said);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-4 px-4 py-10">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">{labels.product}</p>
        <h1>{labels.title}</h1>
      </header>
      {said ? <Notice look="bad">{said}</Notice> : null}
      <CollectKey id={id} link={link} />
    </main>
  );
}
