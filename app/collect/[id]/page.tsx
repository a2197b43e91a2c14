import type { Metadata } from 'next';
import { z } from 'zod';
import { Notice } from '@/components/notice';
import { TextField } from '@/components/text-field';
import { signInMessage } from '@/lib/auth/sign-in-messages';
import { findLinkState } from '@/lib/keys/hand-over/find-hand-over';
import type { RawParams } from '@/lib/lists/list-params';
import { collectKeyAction } from '../actions';
import { CollectForm } from '../collect-form';
import { collectLabels as labels, collectMessages as messages } from '../collect-labels';
import { LinkPartField } from '../link-part-field';

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
      {link.state === 'there' ? (
        <CollectForm id={id} action={collectKeyAction}>
          <LinkPartField
            unscripted={<PartField why={labels.noScript} />}
            missing={<PartField why={labels.noPart} />}
            notSecure={<p className="text-muted">{labels.notSecure}</p>}
          />
          {link.asksCode ? (
            <TextField
              label={labels.code}
              name="code"
              hint={labels.codeHint}
              inputMode="numeric"
              autoComplete="off"
            />
          ) : null}
        </CollectForm>
      ) : (
        <Notice look="bad">{link.state === 'over' ? messages.over : messages.unknown}</Notice>
      )}
    </main>
  );
}

function PartField({ why }: { why: string }) {
  return (
    <div className="grid gap-3">
      <p className="text-muted">{why}</p>
      <TextField label={labels.part} name="secretPart" hint={labels.partHint} autoComplete="off" />
    </div>
  );
}
