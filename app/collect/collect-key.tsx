import type { ReactNode } from 'react';
import { Notice } from '@/components/notice';
import { TextField } from '@/components/text-field';
import { findKeyOwner } from '@/lib/auth/current-key-owner';
import { findSignOn } from '@/lib/keys/hand-over/collector';
import type { LinkState } from '@/lib/keys/hand-over/find-hand-over';
import { collectKeyAction } from './actions';
import { CollectForm } from './collect-form';
import { collectLabels as labels, collectMessages as messages } from './collect-labels';
import { LinkPartField } from './link-part-field';
import { SignInFirst } from './sign-in-first';

type Props = { id: string; link: LinkState };

/** What the page of a link shows: why it brings nothing, what is to be done first, or the button. */
export async function CollectKey({ id, link }: Props) {
  if (link.state !== 'there') {
    return <Notice look="bad">{link.state === 'over' ? messages.over : messages.unknown}</Notice>;
  }
  if (!link.asksSignOn) {
    return (
      <Button id={id} intro={<p>{labels.intro}</p>}>
        {link.asksCode ? <CodeField /> : null}
      </Button>
    );
  }
  if ((await findSignOn()) === null) return <Notice look="bad">{messages.signOnOff}</Notice>;
  const owner = await findKeyOwner();
  if (!owner) return <SignInFirst id={id} />;
  return <Button id={id} intro={<SignedInIntro username={owner.username} />} />;
}

function SignedInIntro({ username }: { username: string }) {
  return (
    <>
      <p>{labels.signedInIntro}</p>
      <p className="text-muted">
        <bdi>{labels.signedInAs(username)}</bdi> {labels.notMe.before}{' '}
        <a href="/me" className="text-accent underline">
          {labels.notMe.link}
        </a>{' '}
        {labels.notMe.after}
      </p>
    </>
  );
}

function Button({ id, intro, children }: { id: string; intro: ReactNode; children?: ReactNode }) {
  return (
    <CollectForm id={id} action={collectKeyAction} intro={intro}>
      <LinkPartField
        id={id}
        unscripted={<PartField why={labels.noScript} />}
        missing={<PartField why={labels.noPart} />}
        notSecure={<p className="text-muted">{labels.notSecure}</p>}
      />
      {children}
    </CollectForm>
  );
}

function CodeField() {
  return (
    <TextField
      label={labels.code}
      name="code"
      hint={labels.codeHint}
      inputMode="numeric"
      autoComplete="off"
    />
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
